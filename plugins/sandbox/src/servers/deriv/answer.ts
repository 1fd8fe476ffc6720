import type { Market } from '../../market/market.js';
import type { RateWindow } from '../rate-window.js';
import { answerActiveSymbols } from './answer-active-symbols.js';
import { answerAuthorize } from './answer-authorize.js';
import { answerHistory, type HistoryRequest } from './answer-history.js';
import { answerTradingTimes } from './answer-trading-times.js';
import { answerWebsiteStatus } from './answer-website-status.js';
import { DerivError } from './deriv-error.js';
import type { Message } from './message.js';
import type { Generation } from './options.js';
import { schemasOf } from './schemas.js';
import type { Subscriptions } from './subscriptions.js';
import { validate } from './validate.js';

/** What an answer is made from: the world, and what this one connection has used and holds. */
export interface AnswerWorld {
  readonly market: Market;
  readonly now: number;
  readonly generation: Generation;
  readonly overCap: 'clamp' | 'refuse';
  readonly echo: boolean;
  readonly tokens: readonly string[];
  readonly calls: RateWindow;
  readonly pings: RateWindow;
  readonly subscriptions: Subscriptions;
}

/** The answer to one request, ready to be written; refusals are answers too. */
export function answer(request: Message, world: AnswerWorld): Message {
  const schemas = schemasOf(world.generation);
  const name = Object.keys(request).find((property) => Object.hasOwn(schemas, property));
  try {
    if (name === undefined) throw new DerivError('UnrecognisedRequest', 'Unrecognised request.');
    if (!(name === 'ping' ? world.pings : world.calls).take()) {
      throw new DerivError('RateLimit', `You have reached the rate limit for ${name}.`);
    }
    validate(request, schemas[name] as Parameters<typeof validate>[1]);
    return wrap(request, world, { msg_type: name, ...perform(name, request, world) });
  } catch (error) {
    if (!(error instanceof DerivError)) throw error;
    const { code, message, details } = error;
    return wrap(request, world, { error: { code, message, ...(details && { details }) }, msg_type: name ?? 'error' });
  }
}

function perform(name: string, request: Message, world: AnswerWorld): Message {
  switch (name) {
    case 'ping':
      return { ping: 'pong' };
    case 'time':
      return { time: Math.floor(world.now / 1000) };
    case 'ticks_history':
      return {
        ...answerHistory(request as unknown as HistoryRequest, world),
        ...world.subscriptions.open(request, world.echo),
      };
    case 'active_symbols':
      return { active_symbols: answerActiveSymbols(world.market, world.now, world.generation) };
    case 'trading_times':
      return { trading_times: answerTradingTimes(world.market, String(request.trading_times), world.now) };
    case 'forget':
      return { forget: world.subscriptions.forget(String(request.forget)) };
    case 'forget_all':
      return { forget_all: world.subscriptions.forgetAll(String(request.forget_all)) };
    case 'authorize':
      return { authorize: answerAuthorize(String(request.authorize), world.tokens) };
    default:
      return { website_status: answerWebsiteStatus() };
  }
}

/** Whoever asked is told what they asked, and gets back the marks they put on it. */
function wrap(request: Message, world: AnswerWorld, payload: Message): Message {
  return {
    ...payload,
    ...(world.echo && { echo_req: request }),
    ...(request.req_id !== undefined && { req_id: request.req_id }),
    ...(request.passthrough !== undefined && { passthrough: request.passthrough }),
  };
}
