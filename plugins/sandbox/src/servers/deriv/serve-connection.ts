import type WebSocket from 'ws';
import { RateWindow } from '../rate-window.js';
import type { Fault } from '../server.js';
import { type AnswerWorld, answer } from './answer.js';
import type { Message } from './message.js';
import type { DerivParts, Generation } from './options.js';
import { RATE_LIMITS } from './options.js';
import { makePush } from './push.js';
import { sendFrame } from './send-frame.js';
import { Subscriptions } from './subscriptions.js';
import { warmHistory } from './warm-history.js';

const PINGS = { max: 10, perMs: 1000 };
const IDLE_MS = 120_000;
const PUSH_MS = 2000;
const SHUFFLE = [3, 0, 2, 1];

/** Serves one connection until it closes; returns what frees its timers. */
export function serveConnection(socket: WebSocket, parts: DerivParts, appIdIsGood: boolean): () => void {
  const generation: Generation = parts.generation ?? 'legacy';
  const subscriptions = new Subscriptions();
  const state = {
    market: parts.market,
    generation,
    overCap: parts.overCap ?? 'clamp',
    echo: parts.echo ?? generation === 'legacy',
    tokens: parts.tokens ?? ['sandbox-token'],
    calls: new RateWindow(parts.rateLimit ?? RATE_LIMITS[generation]),
    pings: new RateWindow(PINGS),
    subscriptions,
  } satisfies Omit<AnswerWorld, 'now'>;
  const timers = new Set<NodeJS.Timeout>();
  let count = 0;

  const later = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const idle = setTimeout(() => socket.close(1000, 'Idle'), parts.idleMs ?? IDLE_MS);
  const pushes = setInterval(() => {
    for (const subscription of subscriptions.all) {
      const push = makePush(subscription, parts.market, parts.now());
      if (push !== undefined) sendFrame(socket, JSON.stringify(push));
    }
  }, parts.pushMs ?? PUSH_MS);

  const respond = (at: number, what: string, request: Message, fault: Fault | undefined): void => {
    const reply = appIdIsGood ? answerSafely(request, { ...state, now: parts.now() }) : INVALID_APP;
    note(parts, at, what, reply, fault?.kind);
    if (fault?.kind === 'reset') socket.terminate();
    if (fault?.kind === 'reset' || fault?.kind === 'stall' || parts.silent) return;
    const text = fault?.kind === 'status' ? (fault.body ?? '') : JSON.stringify(reply);
    const shuffled = ((parts.shuffleMs ?? 0) * (SHUFFLE[count++ % SHUFFLE.length] as number)) / 3;
    const wait = shuffled + (fault?.kind === 'delay' ? (fault.ms ?? 0) : 0);
    const send = (): void => {
      sendFrame(socket, text, fault);
      if (!appIdIsGood) socket.close(1000);
    };
    if (wait > 0) later(wait, send);
    else send();
  };

  socket.on('message', async (data) => {
    idle.refresh();
    const at = Date.now();
    const what = data.toString();
    const fault = parts.faults.next('deriv', what);
    const request = readMessage(what);
    const warming = warmHistory(request, parts);
    if (warming !== undefined) await warming;
    respond(at, what, request, fault);
  });

  return () => {
    clearTimeout(idle);
    clearInterval(pushes);
    for (const timer of timers) clearTimeout(timer);
  };
}

const INVALID_APP: Message = { error: { code: 'InvalidAppID', message: 'Your app_id is invalid.' }, msg_type: 'error' };

/** What is no object is a request for nothing. */
function readMessage(text: string): Message {
  try {
    const request: unknown = JSON.parse(text);
    return typeof request === 'object' && request !== null && !Array.isArray(request) ? (request as Message) : {};
  } catch {
    return {};
  }
}

function answerSafely(request: Message, world: AnswerWorld): Message {
  try {
    return answer(request, world);
  } catch (error) {
    // A mistake of the sandbox itself must be seen, and must not end the other servers.
    return { error: { code: 'WrongResponse', message: `sandbox: ${(error as Error).stack}` }, msg_type: 'error' };
  }
}

function note(parts: DerivParts, at: number, what: string, reply: Message, fault: string | undefined): void {
  const code = (reply.error as { readonly code: string } | undefined)?.code;
  const status = code === undefined ? 200 : code === 'RateLimit' ? 429 : 400;
  const words = [code, fault].filter((word) => word !== undefined);
  parts.log.add({
    server: 'deriv',
    at,
    what,
    status,
    cost: 1,
    ...(words.length > 0 && { note: words.join(' ') }),
  });
}
