import type { Step } from '../../market/market.js';

export interface Interval {
  readonly name: string;
  /** Intraday ones: their length, and the truth's step they are made from. */
  readonly intraday?: { readonly ms: number; readonly from: Step };
  /** How many days back its data reach, and how many one request may span. */
  readonly reachDays?: number;
  readonly spanDays?: number;
}

const MINUTE = 60_000;

const TABLE: readonly Interval[] = [
  { name: '1m', intraday: { ms: MINUTE, from: '1m' }, reachDays: 30, spanDays: 8 },
  { name: '2m', intraday: { ms: 2 * MINUTE, from: '2m' }, reachDays: 60 },
  { name: '5m', intraday: { ms: 5 * MINUTE, from: '5m' }, reachDays: 60 },
  { name: '15m', intraday: { ms: 15 * MINUTE, from: '15m' }, reachDays: 60 },
  { name: '30m', intraday: { ms: 30 * MINUTE, from: '30m' }, reachDays: 60 },
  { name: '60m', intraday: { ms: 60 * MINUTE, from: '30m' }, reachDays: 730 },
  { name: '90m', intraday: { ms: 90 * MINUTE, from: '30m' }, reachDays: 60 },
  { name: '1h', intraday: { ms: 60 * MINUTE, from: '30m' }, reachDays: 730 },
  { name: '1d' },
  { name: '5d' },
  { name: '1wk' },
  { name: '1mo' },
  { name: '3mo' },
];

export const INTERVAL_NAMES: readonly string[] = TABLE.map(({ name }) => name);

export function findInterval(name: string): Interval | undefined {
  return TABLE.find((interval) => interval.name === name);
}
