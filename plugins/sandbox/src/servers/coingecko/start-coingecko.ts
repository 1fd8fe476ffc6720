import { createHash } from 'node:crypto';
import { serveHttp, type WireAsk, type WireReply } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerChart, answerChartRange } from './answer-chart.js';
import { answerOhlc, answerOhlcRange } from './answer-ohlc.js';
import { COINS, findCoin, listingOf, searchCoins } from './coins.js';
import { type CoinGeckoParts, type Plan, RATE_LIMITS } from './options.js';
import { createRateWindow } from './rate-window.js';
import { readPlan } from './read-plan.js';
import { coinNotFound, invalid, proOnly, Refusal, tooMany } from './refusals.js';

const ROOT = '/api/v3';

export async function startCoinGecko(parts: CoinGeckoParts): Promise<WireServer> {
  const limits = { ...RATE_LIMITS, ...parts.rateLimits };
  const windows = {
    none: createRateWindow(limits.none),
    demo: createRateWindow(limits.demo),
    pro: createRateWindow(limits.pro),
  };
  let calls = 0;

  const read = (ask: WireAsk): unknown => {
    const { url } = ask;
    const now = parts.now();
    const plan = readPlan(ask, parts.host ?? 'both', now);
    const wait = windows[plan]();
    if (wait !== undefined) throw tooMany(wait, parts.throttle ?? 'status');
    calls += 1;
    const path = url.pathname.startsWith(`${ROOT}/`) ? url.pathname.slice(ROOT.length) : '';
    const coinPath = /^\/coins\/([^/]+)\/(ohlc|ohlc\/range|market_chart|market_chart\/range)$/.exec(path);
    if (coinPath) return readCoin(decodeURIComponent(coinPath[1] as string), coinPath[2] as string, url, plan, now);
    if (path === '/ping') return { gecko_says: '(V3) To the Moon!' };
    if (path === '/coins/list') return listCoins(url.searchParams);
    if (path === '/search') return { coins: search(url), exchanges: [], icos: [], categories: [], nfts: [] };
    if (path === '/key') return tellUsage(plan, calls);
    throw new Refusal(404, { error: 'Incorrect path. Please check https://docs.coingecko.com/' });
  };

  const readCoin = (id: string, what: string, url: URL, plan: Plan, now: number): unknown => {
    const coin = findCoin(id);
    if (coin === undefined) throw coinNotFound();
    const params = url.searchParams;
    const currency = params.get('vs_currency');
    if (currency !== null && currency !== '' && currency.toLowerCase() !== 'usd') throw invalid('invalid vs_currency');
    const question = { market: parts.market, listing: listingOf(coin, parts.market), params, plan, now };
    if (what === 'ohlc') return answerOhlc(question);
    if (what === 'ohlc/range') return answerOhlcRange(question);
    return what === 'market_chart' ? answerChart(question, coin) : answerChartRange(question, coin);
  };

  return serveHttp('coingecko', parts, (ask) => {
    try {
      return reply(200, read(ask));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...reply(error.status, error.body, error.headers), note: 'refused' };
    }
  });
}

function reply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WireReply {
  const plain = typeof value === 'string';
  const body = plain ? value : JSON.stringify(value);
  const type = plain ? 'text/plain' : 'application/json; charset=utf-8';
  const etag = `W/"${createHash('md5').update(body).digest('hex')}"`;
  const cloudflare = { server: 'cloudflare', 'cf-ray': 'sandbox-AMS', 'cf-cache-status': 'MISS' };
  const cache = status === 200 ? { 'cache-control': 'public, max-age=30', etag } : {};
  return { status, headers: { 'content-type': type, ...cloudflare, ...cache, ...headers }, body };
}

function listCoins(params: URLSearchParams): unknown {
  if (params.get('status') === 'inactive') return [];
  const platforms = params.get('include_platform') === 'true' ? { platforms: {} } : {};
  return COINS.map(({ id, symbol, name }) => ({ id, symbol, name, ...platforms }));
}

function search(url: URL): unknown {
  return searchCoins(url.searchParams.get('query') ?? '').map(({ id, name, symbol, rank }) => ({
    id,
    name,
    api_symbol: id,
    symbol: symbol.toUpperCase(),
    market_cap_rank: rank,
  }));
}

function tellUsage(plan: Plan, calls: number): unknown {
  if (plan !== 'pro') throw proOnly();
  return {
    plan: 'Analyst',
    rate_limit_request_per_minute: RATE_LIMITS.pro.max,
    monthly_call_credit: 500_000,
    current_total_monthly_calls: calls,
    current_remaining_monthly_calls: 500_000 - calls,
  };
}
