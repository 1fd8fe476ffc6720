import type { ProviderErrorCode } from '../provider/index.js';
import { parse, type Spoil } from './socket-relay.js';
import { makeReply, readWhole, type Tamper } from './watched-transport.js';

export interface Fault {
  readonly name: string;
  /** What it must be called, where a status leaves no choice. */
  readonly code?: readonly ProviderErrorCode[];
  readonly tamper: Tamper;
}

const PAGE = '<!doctype html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = JSON_TYPE): Tamper => {
  return async () => makeReply(status, body, headers);
};

/** What goes wrong on the way, each for every request from some point on. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'status 500',
    code: ['UNAVAILABLE'],
    tamper: answer(500, 'Internal Server Error', { 'content-type': 'text/plain' }),
  },
  { name: 'status 401', code: ['AUTH'], tamper: answer(401, '') },
  { name: 'status 429', code: ['THROTTLED', 'QUOTA'], tamper: answer(429, '', { 'retry-after': '30' }) },
  { name: 'a HTML page with status 200', tamper: answer(200, PAGE, { 'content-type': 'text/html' }) },
  { name: 'an empty body with status 200', tamper: answer(200, '') },
  { name: '{} with status 200', tamper: answer(200, '{}') },
  { name: '[{}] with status 200', tamper: answer(200, '[{}]') },
  { name: 'null with status 200', tamper: answer(200, 'null') },
  {
    name: 'a body cut in the middle',
    tamper: async (_index, send) => {
      const reply = await send();
      const body = await readWhole(reply);
      const half = body.subarray(0, Math.ceil(body.length * 0.6));
      // JSON cut short is seen by itself; of anything else the promised length has to tell.
      const promised = /^\s*[[{]/.test(body.toString('latin1', 0, 20)) ? half.length : body.length;
      return makeReply(reply.status, half, { ...reply.headers, 'content-length': String(promised) });
    },
  },
  {
    name: 'a broken connection',
    code: ['UNAVAILABLE'],
    tamper: async () => {
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    },
  },
];

/** Lets the requests before the nth through: a fault on the way is not only met at the door. */
export function from(nth: number, tamper: Tamper): Tamper {
  return (index, send, request) => (index < nth ? send() : tamper(index, send, request));
}

export interface SocketFault {
  readonly name: string;
  readonly spoil: Spoil;
}

/** The same for answers on a socket. */
export const SOCKET_FAULTS: readonly SocketFault[] = [
  { name: 'a frame that is no JSON', spoil: () => PAGE },
  { name: 'an answer cut in the middle', spoil: (answer) => answer.slice(0, Math.ceil(answer.length * 0.6)) },
  { name: 'a connection closed in place of an answer', spoil: () => 'close' },
  {
    name: 'an answer with nothing in it but its number',
    spoil: (answer, keys) => {
      const kept = Object.entries(parse(answer)).filter(([key, value]) => keys.has(key) && typeof value === 'number');
      return JSON.stringify(Object.fromEntries(kept));
    },
  },
];
