import { serveHttp, type WireAsk, type WireReply } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerExchangeInfo } from './answer-exchange-info.js';
import { answerKlines } from './answer-klines.js';
import { FAMILIES, type Family } from './families.js';
import { type BinanceParts, DEFAULT_BANS } from './options.js';
import { Refusal, refuseBanned, refuseWeight, replyJson, replyTo } from './refusals.js';
import { createScale, type Verdict } from './weigh.js';

/** Spot, USD-margined and coin-margined futures on one port: their paths never meet. */
export async function startBinance(parts: BinanceParts): Promise<WireServer> {
  const { windowMs = 60_000, patience = 5, banMs = DEFAULT_BANS, offGrid = true } = parts;
  const desks = FAMILIES.map((family) => {
    const max = parts.weightLimits?.[family.id] ?? family.weightLimit;
    return { family, max, weigh: createScale({ max, windowMs, patience, banMs }) };
  });

  const answer = (ask: WireAsk): WireReply => {
    const desk = desks.find(({ family }) => ask.url.pathname.startsWith(`${family.path}/`));
    if (desk === undefined || ask.method !== 'GET') return { status: 404, headers: {}, body: 'Not found' };
    const { family, max, weigh } = desk;
    const endpoint = ask.url.pathname.slice(family.path.length + 1);
    const cost = costOf(family, endpoint, ask.url.searchParams);
    const verdict = weigh(cost);
    const reply = verdict.status === 200 ? tryTo(() => read(family, max, endpoint, ask)) : refuse(verdict, max);
    const used = String(verdict.used);
    const limits = 'retryAfter' in verdict ? { 'retry-after': String(verdict.retryAfter) } : {};
    const headers = { ...reply.headers, 'x-mbx-used-weight': used, 'x-mbx-used-weight-1m': used, ...limits };
    return { ...reply, headers, cost };
  };

  const read = (family: Family, max: number, endpoint: string, { url, headers }: WireAsk): WireReply => {
    const { market } = parts;
    const now = parts.now();
    const microseconds = String(headers['x-mbx-time-unit'] ?? '').toUpperCase() === 'MICROSECOND';
    const params = url.searchParams;
    if (endpoint === 'ping') return replyJson({});
    if (endpoint === 'time') return replyJson({ serverTime: microseconds ? now * 1000 : now });
    if (endpoint === 'exchangeInfo') return replyJson(answerExchangeInfo(family, params, market, now, max));
    if (endpoint === 'klines' || (endpoint === 'uiKlines' && family.id === 'spot')) {
      return replyJson(answerKlines({ family, params, market, now, microseconds, offGrid }));
    }
    return { status: 404, headers: {}, body: 'Not found' };
  };

  return serveHttp('binance', parts, answer);
}

function costOf(family: Family, endpoint: string, params: URLSearchParams): number {
  if (endpoint === 'exchangeInfo') return family.exchangeInfoWeight;
  if (endpoint === 'klines' || endpoint === 'uiKlines') return family.klinesWeight(Number(params.get('limit') ?? 500));
  return 1;
}

function refuse(verdict: Exclude<Verdict, { status: 200 }>, max: number): WireReply {
  return replyTo(verdict.status === 418 ? refuseBanned(verdict.until) : refuseWeight(max));
}

function tryTo(read: () => WireReply): WireReply {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return replyTo(error);
    throw error;
  }
}
