import { mix, toUnit } from '../../market/hash.js';
import type { Listing, Market, Step } from '../../market/market.js';
import { DAY, HOUR, MINUTE } from '../../market/steps.js';
import { FAMILIES, type Family, listingsOf } from '../binance/families.js';

export type Period = 'daily' | 'monthly';

/** All files of one listing and interval: a folder. */
export interface Series {
  readonly family: Family;
  readonly listing: Listing;
  readonly symbol: string;
  readonly period: Period;
  readonly interval: string;
  readonly step: Step;
  /** `data/spot/monthly/klines/BTCUSDT/1m/`. */
  readonly folder: string;
}

export interface BulkFile {
  readonly series: Series;
  /** `BTCUSDT-1m-2024-03`, without an ending. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly publishedAt: number;
}

/** In the archive a month is spelt `1mo`. A month of seconds is the one file too large for a sandbox. */
const DAILY = ['1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'] as const;
const MONTHLY = [...DAILY.slice(1), '3d', '1w', '1mo'] as const;

export function listSeries(market: Market): readonly Series[] {
  return FAMILIES.flatMap((family) =>
    listingsOf(family, market).flatMap((listing) =>
      (['daily', 'monthly'] as const).flatMap((period) =>
        (period === 'daily' ? DAILY : MONTHLY)
          .filter((interval) => interval !== '1s' || family.id === 'spot')
          .map((interval): Series => {
            const symbol = listing.names[family.book] as string;
            const root = family.id === 'spot' ? 'spot' : `futures/${family.id}`;
            const folder = `data/${root}/${period}/klines/${symbol}/${interval}/`;
            return { family, listing, symbol, period, interval, step: interval as Step, folder };
          }),
      ),
    ),
  );
}

/** The files of a folder that are out by `now`, oldest first. */
export function listFiles(series: Series, now: number): readonly BulkFile[] {
  const { listedFrom, listedUntil = Number.POSITIVE_INFINITY } = series.listing;
  const files: BulkFile[] = [];
  for (let start = firstDay(series, listedFrom); start < Math.min(now, listedUntil); ) {
    const file = describe(series, start);
    if (file.publishedAt <= now) files.push(file);
    start = file.end;
  }
  return files;
}

/** Whether a folder would be listed at all. */
export function hasFiles(series: Series, now: number): boolean {
  return describe(series, firstDay(series, series.listing.listedFrom)).publishedAt <= now;
}

function firstDay({ period }: Series, time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), period === 'monthly' ? 1 : date.getUTCDate());
}

function describe(series: Series, start: number): BulkFile {
  const date = new Date(start);
  const monthly = series.period === 'monthly';
  const end = monthly ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) : start + DAY;
  const label = date.toISOString().slice(0, monthly ? 7 : 10);
  const name = `${series.symbol}-${series.interval}-${label}`;
  const late = toUnit(mix(start / HOUR, series.folder.length));
  // A day is out the next morning; a month on the first Monday of the next, in the course of the day.
  const publishedAt = monthly ? firstMonday(end) + 10 * HOUR + late * 8 * HOUR : end + (416 + late * 104) * MINUTE;
  return { series, name, start, end, publishedAt: Math.floor(publishedAt / 1000) * 1000 };
}

function firstMonday(month: number): number {
  return month + ((8 - new Date(month).getUTCDay()) % 7) * DAY;
}
