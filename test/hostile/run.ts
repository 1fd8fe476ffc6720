import { inspect } from 'node:util';
import type { BarRequest } from '../../src/provider/index.js';
import { fetchBars } from '../../src/sources/fetch-bars.js';
import { createHost } from '../../src/sources/host/create-host.js';
import type { Caps, Patience } from '../../src/sources/host/patience.js';
import { isProviderError, type ProviderError } from '../../src/sources/provider-error.js';
import {
  type Asked,
  acceptSocket,
  frame,
  type HostileServer,
  type Misbehave,
  startHostile,
} from '../support/hostile-server.js';
import { requestOf, START, type Subject, truthOf, type WireRow } from './subjects.js';

const PATIENCE: Patience = {
  headMs: 250,
  idleMs: 200,
  totalMs: 1200,
  longestWaitMs: 1100,
  attempts: 3,
  firstPauseMs: 2,
  longestPauseMs: 5,
};
/** Nothing here may take longer: the request's time, a stated wait or two, and a busy machine. */
const BOUND_MS = 15_000;

export interface Outcome {
  /** Undefined: it ended without an error. */
  readonly code: string | undefined;
  readonly error: unknown;
  readonly typed: boolean;
  readonly until: number | undefined;
  readonly rows: number;
  /** Admitted bars that are not among the true ones, or twice, or out of order. */
  readonly falsehoods: readonly string[];
  /** Where a secret came out. */
  readonly leaks: readonly string[];
  readonly requests: number;
  readonly paths: readonly string[];
  readonly ms: number;
}

export interface Trial {
  readonly now?: number;
  readonly truth?: readonly WireRow[];
  readonly caps?: Partial<Caps>;
  readonly patience?: Partial<Patience>;
  /** Instead of a server's: `https`, another host, a port where nobody is. */
  readonly options?: (subject: Subject, port: number) => Readonly<Record<string, unknown>>;
  readonly request?: Partial<BarRequest>;
}

/** One provider, through the real host, against one server. */
export async function run(subject: Subject, misbehave: Misbehave, trial: Trial = {}): Promise<Outcome> {
  const server = await startHostile(misbehave);
  try {
    return await runAt(subject, server, trial);
  } finally {
    await server.close();
  }
}

export async function runAt(subject: Subject, server: HostileServer, trial: Trial = {}): Promise<Outcome> {
  const said: string[] = [];
  const options = trial.options?.(subject, server.port) ?? subject.options(server.port);
  const host = await createHost(subject.provider, {
    options,
    now: () => trial.now ?? START + 30 * subject.step,
    debug: (message, fields) => said.push(`${message} ${inspect(fields)}`),
    patience: { ...PATIENCE, ...trial.patience },
    ...(trial.caps === undefined ? {} : { caps: trial.caps }),
  });
  const admitted: number[][] = [];
  let error: unknown;
  const begun = performance.now();
  try {
    const request = { ...requestOf(subject), ...trial.request };
    for await (const { time, columns, values } of fetchBars(host, request, { sessions: false })) {
      const cells = ['open', 'high', 'low', 'close'].map((name) => values[columns.indexOf(name)]);
      for (const [row, at] of time.entries()) admitted.push([at, ...cells.map((each) => each?.[row] as number)]);
    }
  } catch (cause) {
    error = cause ?? new Error('nothing was thrown');
  }
  const ms = performance.now() - begun;
  await host.close();
  const known = isProviderError(error) ? (error as ProviderError) : undefined;
  return {
    code: known?.code ?? (error === undefined ? undefined : 'UNTYPED'),
    error,
    typed: error === undefined || known !== undefined,
    until: known?.until,
    rows: admitted.length,
    falsehoods: findFalsehoods(admitted, trial.truth ?? truthOf(subject)),
    leaks: findLeaks(error, said),
    requests: server.asked.length,
    paths: server.asked.map(({ path }) => path),
    ms,
  };
}

function findFalsehoods(admitted: readonly (readonly number[])[], truth: readonly WireRow[]): string[] {
  const known = new Map(truth.map(({ time, open, high, low, close }) => [time, [open, high, low, close].join()]));
  return admitted.flatMap(([time, ...cells], i) => {
    const found: string[] = [];
    if (known.get(time as number) !== cells.join()) found.push(`row ${i} at ${time}: ${cells.join()}`);
    if (i > 0 && (time as number) <= (admitted[i - 1]?.[0] as number)) found.push(`row ${i} at ${time} comes late`);
    return found;
  });
}

/** Every secret begins with the same word, so that half of one is found as well; and so are its encodings. */
const TRACES = ['CANARY', '43414e415259', ...base64Cores('CANARY')];

function base64Cores(word: string): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.from(' '.repeat(shift) + word).toString('base64');
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + word.length) * 8) / 6));
  });
}

function findLeaks(error: unknown, said: readonly string[]): string[] {
  const texts: [string, string][] = said.map((line) => ['debug', line]);
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const where = depth === 0 ? 'error' : `cause ${depth}`;
    texts.push([`${where} message`, each.message], [`${where} stack`, each.stack ?? '']);
    texts.push(
      [`${where} inspected`, inspect(each, { depth: 8, showHidden: true })],
      [`${where} JSON`, safeJson(each)],
    );
  }
  if (error !== undefined && !(error instanceof Error)) texts.push(['thrown', inspect(error)]);
  return texts.flatMap(([where, text]) =>
    TRACES.some((trace) => text.toLowerCase().includes(trace.toLowerCase())) ? [`${where}: ${text.slice(0, 300)}`] : [],
  );
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return inspect(value, { depth: 20 });
  }
}

/** A server that says `body` where its subject's own would say its bars: a reply, or an answer on a socket. */
export function sayBody(
  subject: Subject,
  bodyOf: (page: ReturnType<Subject['page']>, nth: number) => string,
  reply: (asked: Asked, body: string) => void,
): Misbehave {
  let nth = 0;
  return (asked) => {
    if (subject.socket !== true) return reply(asked, bodyOf(subject.page(asked.path), ++nth));
    acceptSocket(asked, (text) => {
      const message = JSON.parse(text) as Record<string, unknown>;
      const id = message.req_id;
      if ('authorize' in message)
        asked.socket.write(frame(1, JSON.stringify({ msg_type: 'authorize', authorize: {}, req_id: id })));
      else if ('ping' in message) asked.socket.write(frame(1, JSON.stringify({ ping: 'pong', req_id: id })));
      else {
        const body = bodyOf(subject.page('', message), ++nth);
        asked.socket.write(frame(1, body.replace(/^\{/, `{"req_id":${id},`)));
      }
    });
  };
}

/** What stands in a table of results: short where it is right, telling where it is not. */
export function verdictOf(outcome: Outcome, allowed: readonly (string | undefined)[]): string {
  const faults = [
    ...(allowed.includes(outcome.code)
      ? []
      : [`${outcome.code ?? 'no error'} (${String(outcome.error).slice(0, 200)}), not ${allowed.join(' or ')}`]),
    ...(outcome.typed ? [] : [`untyped: ${inspect(outcome.error).slice(0, 600)}`]),
    ...outcome.falsehoods.slice(0, 3).map((each) => `false: ${each}`),
    ...outcome.leaks.slice(0, 3).map((each) => `leak: ${each}`),
    ...(outcome.ms > BOUND_MS ? [`took ${Math.round(outcome.ms)} ms`] : []),
  ];
  return faults.join('\n') || 'as it should be';
}
