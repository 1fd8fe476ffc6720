/** The contract with providers: types only, so that a plugin never needs our code at run time. */

export type { Bars } from '../market/bars.js';
export type { AssetClass, ParsedSymbol } from '../market/symbol.js';
export type { Timeframe } from '../market/timeframe.js';
export type { Archive, ArchiveFile, ArchiveReading, ArchiveReadOptions, Checksum } from './archive.js';
export type { BarRequest, Instrument } from './bar-request.js';
export type { Batch, Cell, Row } from './batch.js';
export type {
  ArchivePeriod,
  Capabilities,
  Cost,
  Limits,
  MarketCapability,
  Pool,
  TimeframeCapability,
  Window,
} from './capabilities.js';
export type { BytesReply, Channel, Context, FetchInit, Http, HttpRequest, Socket, TextReply } from './context.js';
export type { ErrorDetails, ProviderErrorCode } from './errors.js';
export type { AnyProvider, ProvidersHook } from './hook.js';
export type {
  Credential,
  Listing,
  MakeError,
  Probe,
  Provider,
  Reply,
  Samples,
  Usage,
} from './provider.js';
export type { Schema } from './schema.js';
