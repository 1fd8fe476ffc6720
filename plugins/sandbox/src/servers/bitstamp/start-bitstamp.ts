import type { RatedParts } from '../rate-options.js';
import { RateWindow } from '../rate-window.js';
import { serveHttp, type WireReply } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerOhlc } from './answer-ohlc.js';
import { Refusal } from './refusal.js';

/** Ten thousand in ten minutes, and never more than 400 in a second. */
const RATE_LIMIT = { max: 10_000, perMs: 600_000 } as const;
const OHLC = /^\/api\/v2\/ohlc\/([^/]+)\/$/;

/** Bitstamp's public REST API: candles of a currency pair. */
export function startBitstamp(parts: RatedParts): Promise<WireServer> {
  const window = new RateWindow(parts.rateLimit ?? RATE_LIMIT);
  const answer = ({ pathname, searchParams }: URL): unknown => {
    if (!window.take()) throw new Refusal(429, '400.002', 'Request rejected due to exceeded rate limit.');
    const pair = OHLC.exec(pathname)?.[1];
    if (pair === undefined) throw new Refusal(404, '404.000', 'Not found.');
    return answerOhlc(decodeURIComponent(pair), searchParams, parts.market, parts.now());
  };
  return serveHttp('bitstamp', parts, ({ url }) => {
    try {
      return reply(200, answer(url));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      return { ...reply(status, { response_code: code, response_explanation: message }), note: 'refused' };
    }
  });
}

function reply(status: number, value: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
