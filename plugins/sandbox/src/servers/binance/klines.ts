import { regroup } from '../../market/aggregate.js';
import type { SandboxMarket } from '../../market/create-market.js';
import { mix, toUnit } from '../../market/hash.js';
import type { Listing, Market, Step, TruthBars } from '../../market/market.js';
import { DAY, lengthOf, MINUTE, nextOpen, openOf, SECOND } from '../../market/steps.js';

/** A bar with what Binance says of it besides. */
export interface Kline {
  readonly openTime: number;
  readonly closeTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly quoteVolume: number;
  readonly trades: number;
  readonly takerBase: number;
  readonly takerQuote: number;
  /** `"0"` nowadays; early history has numbers in that field that nobody explains. */
  readonly ignore: string;
}

/** After the maintenance of February 2018 hours opened at 28:14.789 for two days, and the last of them overlapped. */
const SHIFT = 1_694_789;
const SHIFTED_FROM = Date.parse('2018-02-09T09:00:00Z');
const SHIFTED_UNTIL = Date.parse('2018-02-11T04:00:00Z');
const UNEXPLAINED_UNTIL = Date.parse('2017-09-01T00:00:00Z');
const DAY_GRID = 15 * MINUTE;

export interface KlineQuestion {
  readonly listing: Listing;
  readonly step: Step;
  /** By open time, half-open. */
  readonly start: number;
  readonly end: number;
  /** What has not closed by then is served as far as it has come. */
  readonly now: number;
  /** Days begin so many ms before UTC's. */
  readonly offset?: number;
  readonly offGrid?: boolean;
}

export function findKlines(market: Market, question: KlineQuestion): Kline[] {
  const { listing, step, start, end, now, offset = 0, offGrid = true } = question;
  const open = (time: number): number => openOf(step, time + offset) - offset;
  const close = (opened: number): number => nextOpen(step, opened + offset) - offset;
  const shifts = offGrid && step === '1h' && listing.symbol === 'BTCUSDT';
  const running = open(now);
  const closed = Math.min(end, running);
  const from = shifts ? start - SHIFT : start;
  const parts =
    offset === 0 || (lengthOf(step) ?? DAY) <= DAY_GRID
      ? market.bars(listing, step, from, closed)
      : regroup(market.bars(listing, '15m', firstOpen(from, open, close), close(open(closed - 1))), open);
  const klines = toKlines(market, listing, parts, close);
  if (running >= start && running < end) {
    klines.push(...toKlines(market, listing, formBar(market, listing, running, now, step), close));
  }
  return (shifts ? klines.map(shift) : klines).filter(({ openTime }) => openTime >= start && openTime < end);
}

function firstOpen(time: number, open: (time: number) => number, close: (opened: number) => number): number {
  const opened = open(time);
  return opened === time ? time : close(opened);
}

/** The bar that is forming, as far as it has come: from whole days, whole minutes and whole seconds. */
function formBar(market: Market, listing: Listing, opened: number, now: number, step: Step): TruthBars {
  const today = Math.max(opened, (lengthOf(step) ?? DAY + 1) > DAY ? Math.floor(now / DAY) * DAY : opened);
  const minute = Math.max(today, Math.floor(now / MINUTE) * MINUTE);
  const second = Math.max(opened, Math.floor(now / SECOND) * SECOND);
  const onGrid = opened % DAY === 0;
  const parts = [
    ...(onGrid ? [market.bars(listing, '1d', opened, today)] : []),
    market.bars(listing, '1m', onGrid ? today : opened, minute),
    market.bars(listing, '1s', minute, second),
  ];
  return regroup(join(parts), () => opened);
}

function join(parts: readonly TruthBars[]): TruthBars {
  const column = (name: keyof TruthBars): Float64Array => Float64Array.from(parts.flatMap((part) => [...part[name]]));
  return {
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    quoteVolume: column('quoteVolume'),
    trades: column('trades'),
  };
}

function toKlines(market: Market, listing: Listing, bars: TruthBars, closeOf: (opened: number) => number): Kline[] {
  const outages = (market as Partial<SandboxMarket>).outages?.(listing) ?? [];
  return Array.from(bars.time, (openTime, row) => {
    const end = closeOf(openTime);
    // A halt that lasts beyond a bar cuts it: its close is stamped with the halt.
    const halt = outages.find((outage) => outage.start > openTime && outage.start < end && outage.end >= end);
    const part = 0.35 + 0.3 * toUnit(mix(openTime / SECOND, 0x7a4e));
    const volume = bars.volume[row] as number;
    const quoteVolume = bars.quoteVolume[row] as number;
    return {
      openTime,
      closeTime: halt === undefined ? end - 1 : Math.floor(halt.start),
      open: bars.open[row] as number,
      high: bars.high[row] as number,
      low: bars.low[row] as number,
      close: bars.close[row] as number,
      volume,
      quoteVolume,
      trades: bars.trades[row] as number,
      takerBase: Math.floor(volume * part * 1000) / 1000,
      takerQuote: Math.floor(quoteVolume * part * 1000) / 1000,
      ignore: openTime < UNEXPLAINED_UNTIL ? (quoteVolume / 3).toFixed(8) : '0',
    };
  });
}

function shift(kline: Kline): Kline {
  if (kline.openTime < SHIFTED_FROM || kline.openTime >= SHIFTED_UNTIL) return kline;
  const openTime = kline.openTime + SHIFT;
  return { ...kline, openTime, closeTime: Math.min(openTime + 3_599_999, SHIFTED_UNTIL + 999) };
}
