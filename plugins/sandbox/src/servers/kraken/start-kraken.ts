import type { RatedParts } from '../rate-options.js';
import { RateWindow } from '../rate-window.js';
import { serveHttp, type WireReply } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerOhlc } from './answer-ohlc.js';
import { KrakenError } from './kraken-error.js';

/** One a second is always allowed; what is allowed at once beyond that is not written down: a few. */
const RATE_LIMIT = { max: 15, perMs: 15_000 } as const;

/** Kraken's public REST API: everything is status 200, and what went wrong is in `error`. */
export function startKraken(parts: RatedParts): Promise<WireServer> {
  const window = new RateWindow(parts.rateLimit ?? RATE_LIMIT);
  const answer = ({ pathname, searchParams }: URL): unknown => {
    if (!window.take()) throw new KrakenError('EGeneral:Too many requests');
    const now = parts.now();
    if (pathname === '/0/public/OHLC') return answerOhlc(searchParams, parts.market, now);
    if (pathname === '/0/public/Time')
      return { unixtime: Math.floor(now / 1000), rfc1123: new Date(now).toUTCString().replace('GMT', '+0000') };
    throw new KrakenError('EGeneral:Unknown method');
  };
  return serveHttp('kraken', parts, ({ url }) => {
    try {
      return reply({ error: [], result: answer(url) });
    } catch (error) {
      if (!(error instanceof KrakenError)) throw error;
      return { ...reply({ error: [error.message] }), note: 'refused' };
    }
  });
}

function reply(value: unknown): WireReply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
