import { makeReply } from '../../../src/conformance/watched-transport.js';
import type { RawReply, RawRequest, Transport } from '../../../src/sources/host/http/transport.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The price at any instant: smooth, and never the same at two of them. */
export function priceAt(time: number): number {
  return (
    50_000 + 3000 * Math.sin(time / (9 * DAY)) + 400 * Math.sin(time / (5 * HOUR)) + 30 * Math.sin(time / (7 * MINUTE))
  );
}

/** What a candle of that span would be, by the minute. */
export function candleAt(open: number, step: number): readonly [number, number, number, number] {
  const prices: number[] = [];
  for (let time = open; time < open + step; time += MINUTE) prices.push(priceAt(time));
  return [prices[0] as number, Math.max(...prices), Math.min(...prices), prices.at(-1) as number];
}

/** The vendor as its documentation has it, without a network: what it answers depends on the clock and the plan. */
export class FakeGecko implements Transport {
  readonly asked: string[] = [];
  readonly headers: Readonly<Record<string, string>>[] = [];
  readonly #now: () => number;
  readonly #pro: boolean;

  constructor(now: () => number, pro = false) {
    this.#now = now;
    this.#pro = pro;
  }

  async send({ url, headers }: RawRequest): Promise<RawReply> {
    this.asked.push(url.pathname + url.search);
    this.headers.push(headers);
    const [status, body] = this.#answer(url);
    return makeReply(status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8' });
  }

  close(): void {}

  #answer(url: URL): readonly [number, unknown] {
    const path = url.pathname.replace('/api/v3', '');
    if (path === '/ping') return [200, { gecko_says: '(V3) To the Moon!' }];
    if (path === '/coins/list') return [200, COINS];
    if (path === '/search') return [200, { coins: SEARCH, exchanges: [] }];
    const [, , coin, ...rest] = path.split('/');
    if (!COINS.some(({ id }) => id === coin)) return [404, { error: 'coin not found' }];
    const what = rest.join('/');
    if (what === 'ohlc') return [200, this.#latest(Number(url.searchParams.get('days')))];
    const from = Number(url.searchParams.get('from')) * 1000;
    const to = Number(url.searchParams.get('to')) * 1000;
    if (what === 'ohlc/range') return this.#range(from, to, url.searchParams.get('interval') ?? '');
    if (!this.#pro && from < this.#now() - 365 * DAY) {
      return [401, { error: { status: { error_code: 10012, error_message: 'exceeds the allowed time range' } } }];
    }
    return [200, { prices: this.#samples(from, to), market_caps: [], total_volumes: [] }];
  }

  /** Stamped with the close; the last still forms. */
  #latest(days: number): number[][] {
    const step = days <= 1 ? 30 * MINUTE : days <= 30 ? 4 * HOUR : 4 * DAY;
    const last = Math.ceil(this.#now() / step) * step;
    const rows = (days * DAY) / step;
    return Array.from({ length: rows }, (_, i) => last - (rows - 1 - i) * step).map((close) => [
      close,
      ...candleAt(close - step, step),
    ]);
  }

  #range(from: number, to: number, interval: string): readonly [number, unknown] {
    if (!this.#pro) return [401, { status: { error_code: 10005, error_message: 'limited to PRO API subscribers' } }];
    const [step, longest] = interval === 'daily' ? [DAY, 180 * DAY] : [HOUR, 31 * DAY];
    if (to - from > longest) return [422, { error: 'range too long' }];
    const rows: number[][] = [];
    for (let close = Math.ceil(from / step) * step; close <= Math.min(to, this.#now() + step); close += step) {
      rows.push([close, ...candleAt(close - step, step)]);
    }
    if (rows.length > longest / step) return [422, { error: 'too many rows' }];
    return [200, rows];
  }

  /** At odd moments; how dense follows from the range; "now" comes last, rounded to the second, before its time. */
  #samples(from: number, to: number): number[][] {
    const now = this.#now();
    const recent = from >= now - DAY && to - from <= DAY;
    const step = to - from > 90 * DAY ? DAY : recent ? 5 * MINUTE : HOUR;
    const times: number[] = [];
    for (let slot = Math.floor(from / step) * step; slot <= to; slot += step) {
      const time = slot + (step === DAY ? 0 : ((slot / step) * 7919) % Math.floor(step * 0.7));
      if (time >= from && time <= Math.min(to, now)) times.push(time);
    }
    if (to >= now - MINUTE) times.push(now - 955, Math.floor((now - 955) / 1000) * 1000);
    return times.map((time) => [time, priceAt(time)]);
  }
}

const COINS = [
  { id: 'bitcoin', symbol: 'btc', name: 'Bitcoin' },
  { id: 'bitcoin-of-another', symbol: 'BTC', name: 'Another' },
  { id: 'ethereum', symbol: 'eth', name: 'Ethereum' },
  { id: 'first-gold', symbol: 'gold', name: 'First' },
  { id: 'second-gold', symbol: 'gold', name: 'Second' },
  { id: 'third-gold', symbol: 'gold', name: 'Third' },
  { id: 'small-a', symbol: 'tiny', name: 'A' },
  { id: 'small-b', symbol: 'tiny', name: 'B' },
];

const SEARCH = [
  { id: 'bitcoin', symbol: 'BTC', name: 'Bitcoin', market_cap_rank: 1 },
  { id: 'bitcoin-cash', symbol: 'BCH', name: 'Bitcoin Cash', market_cap_rank: 20 },
  { id: 'bitcoin-of-another', symbol: 'BTC', name: 'Another', market_cap_rank: null },
  { id: 'second-gold', symbol: 'GOLD', name: 'Second', market_cap_rank: 700 },
  { id: 'first-gold', symbol: 'GOLD', name: 'First', market_cap_rank: 300 },
  { id: 'small-a', symbol: 'TINY', name: 'A', market_cap_rank: 4000 },
];
