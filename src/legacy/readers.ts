import { COLUMN_READERS } from './binary/readers.js';
import type { LegacyReader } from './reader.js';
import { alpaca } from './text/alpaca.js';
import { freqtradeJson } from './text/freqtrade-json.js';
import { own } from './text/own.js';
import { providerYear } from './text/provider-year.js';
import { unified } from './text/unified.js';
import { unifiedNested } from './text/unified-nested.js';
import { visionZip } from './text/vision-zip.js';

/** Known by their names, wherever they lie. */
const NAMED: readonly LegacyReader[] = [visionZip, freqtradeJson];

/** Tables of text, the most specific first: the unified cache takes whatever lies as its files do. */
const TEXT: readonly LegacyReader[] = [own, alpaca, unifiedNested, providerYear, unified];

/** Every old layout, in the order in which a file is shown to them. */
export const READERS: readonly LegacyReader[] = [...NAMED, ...COLUMN_READERS, ...TEXT];
