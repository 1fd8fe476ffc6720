/** The library face: what `import … from 'almanac'` gives to people's own programs. */
export { AlmanacError, type ErrorCode } from './market/almanac-error.js';
export { type Bars, barsWithin, column, OHLCV, rowsOf, TICK } from './market/bars.js';
export type { Range } from './market/range.js';
export { parseTimeframe, TIMEFRAMES, type Timeframe } from './market/timeframe.js';
export type {
  Coverage,
  Damage,
  PutOptions,
  PutProvenance,
  PutReport,
  ReadOptions,
  Series,
  SeriesInfo,
  Store,
  StoreStats,
  VerifyReport,
  YearInfo,
} from './store/face.js';
export { openStore, type StoreOptions } from './store/open-store.js';
