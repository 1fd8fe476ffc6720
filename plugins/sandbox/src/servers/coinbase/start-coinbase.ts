import type { RatedParts } from '../rate-options.js';
import { RateWindow } from '../rate-window.js';
import { serveHttp, type WireAsk, type WireReply } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerCandles } from './answer-candles.js';
import { Refusal } from './refusal.js';

/** Ten a second by address, fifteen in a burst. */
const RATE_LIMIT = { max: 15, perMs: 1000 } as const;
const CANDLES = /^\/products\/([^/]+)\/candles$/;

/** Coinbase Exchange: candles of a product. */
export function startCoinbase(parts: RatedParts): Promise<WireServer> {
  const window = new RateWindow(parts.rateLimit ?? RATE_LIMIT);
  const answer = ({ url, headers }: WireAsk): unknown => {
    if (!window.take()) throw new Refusal(429, 'Public rate limit exceeded');
    if (headers['user-agent'] === undefined) throw new Refusal(400, 'User-Agent header is required.');
    const product = CANDLES.exec(url.pathname)?.[1];
    if (product === undefined) throw new Refusal(404, 'NotFound');
    return answerCandles(decodeURIComponent(product), url.searchParams, parts.market, parts.now());
  };
  return serveHttp('coinbase', parts, (ask) => {
    try {
      return reply(200, answer(ask));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...reply(error.status, { message: error.message }), note: 'refused' };
    }
  });
}

function reply(status: number, value: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
