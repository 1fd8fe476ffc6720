import type { PlannedFault } from '../servers/create-faults.js';
import type { Fault } from '../servers/server.js';

export const SERVERS = [
  ...['binance', 'binance-archive', 'deriv', 'yahoo', 'alpha-vantage', 'coingecko'],
  ...['kraken', 'coinbase', 'bitstamp'],
] as const;

const KINDS: ReadonlyMap<string, Fault> = new Map([
  ['cut', { kind: 'cut', fraction: 0.5 }],
  ['reset', { kind: 'reset' }],
  ['stall', { kind: 'stall' }],
  ['delay', { kind: 'delay', ms: 3000 }],
  ['garble', { kind: 'garble' }],
]);

/** `binance:429:3`, `yahoo:stall`: the server, a status or a kind of fault, how often (once). */
export function parseFault(text: string): PlannedFault {
  const [server = '', kind = '', times = '1', ...rest] = text.split(':');
  if (!SERVERS.some((name) => name === server))
    throw new Error(`--fault ${text}: there is no server ${JSON.stringify(server)}; there are ${SERVERS.join(', ')}`);
  const fault = /^[1-5]\d\d$/.test(kind) ? statusFault(Number(kind)) : KINDS.get(kind);
  if (fault === undefined)
    throw new Error(`--fault ${text}: write a status, such as 429, or one of ${[...KINDS.keys()].join(', ')}`);
  if (!/^[1-9]\d{0,5}$/.test(times) || rest.length > 0)
    throw new Error(`--fault ${text}: how often is a whole number, as in ${server}:${kind}:3`);
  return { server, fault, times: Number(times) };
}

/** A server that asks for patience says for how long: a short while, so that it can be watched. */
function statusFault(status: number): Fault {
  const waiting = status === 429 || status === 418 || status === 503;
  return { kind: 'status', status, ...(waiting ? { headers: { 'retry-after': '2' } } : {}) };
}
