import type { IncomingMessage } from 'node:http';
import type { Channel } from '../../../provider/index.js';
import { judgeStatus } from '../http/judge-status.js';
import { UNREACHABLE } from '../unreachable.js';
import type { SocketTools } from './socket-tools.js';

type Voice = Pick<SocketTools, 'makeError' | 'redact' | 'now'>;

const MOST_SAID = 16 * 1024;
const PATIENCE_MS = 2_000;

/** The server answered the handshake with a status instead of a connection. Its body may say more than the status. */
export async function explainStatus(
  reply: IncomingMessage,
  host: string,
  channel: Pick<Channel, 'judge'>,
  { makeError, now = Date.now }: Voice,
): Promise<Error> {
  const status = reply.statusCode ?? 0;
  const said = parse(await readSome(reply));
  const judged = said === undefined ? undefined : judgeSafely(channel, said);
  if (judged !== undefined) return judged;
  if (status === 404) return makeError('MALFORMED', `${host} has no WebSocket at this address (404)`, { status });
  const headers = { 'retry-after': reply.headers['retry-after'] ?? '' };
  const error = judgeStatus({ status, headers, host }, makeError, now());
  return error ?? makeError('MALFORMED', `${host} answered ${status} where a WebSocket was asked for`, { status });
}

/** The connection broke, or never came about. */
export function explainFailure(error: Error, host: string, { makeError, redact }: Voice): Error {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const why = code === '' ? redact(error.message).slice(0, 120) : code;
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return makeError('MALFORMED', `${host} sent a message larger than any answer may be`);
  }
  const garbled = /^(WS_ERR_|HPE_)/.test(code) || /Sec-WebSocket|Upgrade header|subprotocol/.test(error.message);
  if (garbled) return makeError('MALFORMED', `${host} does not keep to the WebSocket protocol (${why})`);
  return makeError('UNAVAILABLE', `${host} ${UNREACHABLE[code] ?? `cannot be reached (${why})`}`);
}

/** The server closed the connection, and its code says why. */
export function explainClose(closeCode: number, reason: string, host: string, { makeError, redact }: Voice): Error {
  const words = redact(reason)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 100);
  const said = `${host} closed the connection (${closeCode}${words === '' ? '' : ` ${words}`})`;
  if (closeCode === 1008) return makeError('BLOCKED', `${said}: what was sent is against its policy`);
  if (closeCode === 3000) return makeError('AUTH', `${said}: the login is missing or not accepted`);
  if ([1002, 1003, 1007, 1009, 1010].includes(closeCode)) {
    return makeError('MALFORMED', `${said}: it cannot read what it was sent`);
  }
  return makeError('UNAVAILABLE', said);
}

/** A judge that throws has judged. */
export function judgeSafely(channel: Pick<Channel, 'judge'>, answer: unknown): Error | undefined {
  try {
    return channel.judge(answer);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function readSome(reply: IncomingMessage): Promise<string> {
  const timer = setTimeout(() => reply.destroy(), PATIENCE_MS);
  let text = '';
  try {
    reply.setEncoding('utf8');
    for await (const piece of reply) {
      text += piece;
      if (text.length > MOST_SAID) return '';
    }
    return text;
  } catch {
    return '';
  } finally {
    clearTimeout(timer);
    reply.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
