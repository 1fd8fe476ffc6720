import type { Timeframe } from '../market/timeframe.js';
import type { BarRequest, Instrument } from './bar-request.js';
import type { Batch } from './batch.js';
import type { ArchivePeriod } from './capabilities.js';
import type { Context } from './context.js';

/** Bulk files by month or day, each with its checksum. */
export interface Archive<Options> {
  /** The files whose period meets the range, as they would be named; nothing is asked. */
  files(request: BarRequest, period: ArchivePeriod, options: Options): readonly ArchiveFile[];
  /** The files that exist, by the provider's own listing, with sizes; `start` and `end` narrow it. */
  list?(request: BarRequest, period: ArchivePeriod, context: Context<Options>): AsyncIterable<readonly ArchiveFile[]>;
  /** Fetches, proves and opens one file. */
  read(file: ArchiveFile, context: Context<Options>, options: ArchiveReadOptions): Promise<ArchiveReading>;
}

export interface ArchiveFile {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly period: ArchivePeriod;
  /** `2024-01` or `2024-01-31`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly url: string;
  readonly bytes?: number;
  readonly etag?: string;
}

export interface ArchiveReadOptions {
  /** `require`: nothing of a file that fails its checksum is given. `proceed`: given, and said. `skip`: not looked at. */
  readonly checksum: 'require' | 'proceed' | 'skip';
}

export type ArchiveReading =
  /** There is no such file: not published yet, or never will be; the caller knows how old the period is. */
  | { readonly state: 'absent' }
  /** Only under `require`: the bytes are not those the provider vouches for. */
  | ({ readonly state: 'mismatch'; readonly etag?: string } & Checksum)
  | ({
      readonly state: 'read';
      readonly bytes: number;
      readonly etag?: string;
      /** The whole file, in batches; rows may lie outside the period, and may come unsorted or twice. */
      readonly batches: AsyncIterable<Batch>;
    } & Checksum);

export interface Checksum {
  /** `missing`: the provider has none for this file. */
  readonly checksum: 'verified' | 'mismatch' | 'missing' | 'skipped';
  readonly expected?: string;
  readonly actual: string;
}
