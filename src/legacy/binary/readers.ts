import type { LegacyReader } from '../reader.js';
import { binanceServices } from './binance-services.js';
import { derivMonths } from './deriv-months.js';
import { freqtradeFeather } from './freqtrade-feather.js';
import { providerYearColumns } from './provider-year-columns.js';
import { strayColumns } from './stray-columns.js';

/** Every layout of typed columns, the most specific first; the last one says why the rest is not taken. */
export const COLUMN_READERS: readonly LegacyReader[] = [
  freqtradeFeather,
  derivMonths,
  binanceServices,
  providerYearColumns,
  strayColumns,
];
