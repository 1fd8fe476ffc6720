import type { Market } from '../../market/market.js';
import type { WireAsk, WireReply } from '../serve-http.js';
import { type Call, InvalidCall } from './call.js';
import { coinIntraday, coinPeriods } from './coins.js';
import { pairIntraday, pairPeriods } from './currencies.js';
import type { KeyUsage } from './key-usage.js';
import { burst, demoKey, invalidCall, noFunction, noKey, premiumEndpoint, premiumFull, quota } from './notices.js';
import type { Plan } from './options.js';
import { searchSymbols } from './search-symbols.js';
import { type Series, writeSeries } from './series.js';
import { stockDaily, stockPeriods } from './stock-days.js';
import { stockIntraday } from './stock-intraday.js';

export interface QueryWorld {
  readonly market: Market;
  readonly now: number;
  readonly usage: KeyUsage;
  readonly planOf: (key: string) => Plan | undefined;
}

const FUNCTIONS: Readonly<
  Record<string, { readonly premium?: true; readonly read: (call: Call) => Series | Promise<Series> }>
> = {
  TIME_SERIES_INTRADAY: { premium: true, read: stockIntraday },
  TIME_SERIES_DAILY: { read: stockDaily },
  TIME_SERIES_DAILY_ADJUSTED: { premium: true, read: stockDaily },
  TIME_SERIES_WEEKLY: { read: stockPeriods },
  TIME_SERIES_WEEKLY_ADJUSTED: { read: stockPeriods },
  TIME_SERIES_MONTHLY: { read: stockPeriods },
  TIME_SERIES_MONTHLY_ADJUSTED: { read: stockPeriods },
  DIGITAL_CURRENCY_DAILY: { read: coinPeriods },
  DIGITAL_CURRENCY_WEEKLY: { read: coinPeriods },
  DIGITAL_CURRENCY_MONTHLY: { read: coinPeriods },
  CRYPTO_INTRADAY: { premium: true, read: coinIntraday },
  FX_INTRADAY: { premium: true, read: pairIntraday },
  FX_DAILY: { read: pairPeriods },
  FX_WEEKLY: { read: pairPeriods },
  FX_MONTHLY: { read: pairPeriods },
};

/** The answer to one request. The key is looked at first, then what it has used, then what is asked for. */
export async function answerQuery({ url }: WireAsk, world: QueryWorld): Promise<WireReply> {
  if (url.pathname !== '/query') return { status: 404, headers: { 'content-type': 'text/html' }, body: 'Not Found' };
  const query = url.searchParams;
  const key = query.get('apikey') ?? '';
  if (key === 'demo') return demoKey();
  const plan = world.planOf(key);
  if (key === '' || plan === undefined) return noKey();
  const state = plan === 'free' ? world.usage.take(key) : 'ok';
  if (state !== 'ok') return state === 'burst' ? burst() : quota(key);

  const name = (query.get('function') ?? '').toUpperCase();
  const call: Call = { name, query, market: world.market, now: world.now };
  try {
    if (name === 'SYMBOL_SEARCH') return searchSymbols(call);
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) return noFunction(name);
    if (known.premium && plan === 'free') return premiumEndpoint();
    if (name === 'TIME_SERIES_DAILY' && query.get('outputsize') === 'full' && plan === 'free') return premiumFull();
    return writeSeries(await known.read(call), query.get('datatype'));
  } catch (error) {
    if (error instanceof InvalidCall) return invalidCall(name);
    throw error;
  }
}
