import { strayColumns } from './columns/stray-columns.js';
import { alpaca } from './layouts/alpaca.js';
import { binanceServices } from './layouts/binance-services.js';
import { derivMonths } from './layouts/deriv-months.js';
import { freqtradeFeather } from './layouts/freqtrade-feather.js';
import { freqtradeJson } from './layouts/freqtrade-json.js';
import { own } from './layouts/own.js';
import { providerYear } from './layouts/provider-year.js';
import { providerYearColumns } from './layouts/provider-year-columns.js';
import { unified } from './layouts/unified.js';
import { unifiedNested } from './layouts/unified-nested.js';
import { visionZip } from './layouts/vision-zip.js';
import type { LegacyReader } from './reader.js';

/** Known by their names, wherever they lie. */
const NAMED: readonly LegacyReader[] = [visionZip, freqtradeJson];

/** Typed columns, the most specific first; the last one says why the rest is not taken. */
const COLUMNS: readonly LegacyReader[] = [
  freqtradeFeather,
  derivMonths,
  binanceServices,
  providerYearColumns,
  strayColumns,
];

/** Tables of text, the most specific first: the unified cache takes whatever lies as its files do. */
const TEXT: readonly LegacyReader[] = [own, alpaca, unifiedNested, providerYear, unified];

/** Every old layout, in the order in which a file is shown to them. */
export const READERS: readonly LegacyReader[] = [...NAMED, ...COLUMNS, ...TEXT];
