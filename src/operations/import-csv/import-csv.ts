import { AlmanacError } from '../../market/almanac-error.js';
import type { Bars } from '../../market/bars.js';
import { createStampReader, type StampFormat } from '../../market/stamps.js';
import { DAY, stepOf, type Timeframe } from '../../market/timeframe.js';
import type { PutReport, Series } from '../../store/face.js';
import { checkRow, type RowRules } from './check-row.js';
import { detectDelimiter } from './detect-delimiter.js';
import { assumeOrder, type ColumnMap, mapHeader } from './map-header.js';
import { parseRows } from './parse-rows.js';
import { readInput } from './read-input.js';
import { type Refusal, Refusals } from './refusals.js';
import { RowCollector } from './row-collector.js';

export interface ImportOptions {
  readonly delimiter?: string | undefined;
  readonly timeColumn?: string | undefined;
  readonly timeFormat: StampFormat;
  /** Zone of stamps that name none; UTC, and said to be assumed, where it is absent. */
  readonly zone?: string | undefined;
  readonly provider: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportReport {
  readonly delimiter: string;
  /** What the file calls each column that was taken. */
  readonly columns: Readonly<Record<string, string>>;
  readonly ignoredColumns: readonly string[];
  readonly header: boolean;
  readonly zone: string;
  /** Stamps named no zone, and nobody else did. */
  readonly zoneAssumed: boolean;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly refused: readonly Refusal[];
  /** Absent in a dry run, and where no row was accepted. */
  readonly put: PutReport | undefined;
}

/** Rows among the first of a file that may come before the header: titles, links, remarks. */
const PREAMBLE = 10;

/** Takes a foreign CSV into a series: every row is either stored or refused with a reason. */
export async function importCsv(
  bytes: AsyncIterable<Uint8Array>,
  series: Series,
  options: ImportOptions,
): Promise<ImportReport> {
  const input = await readInput(bytes);
  const delimiter = options.delimiter ?? detectDelimiter(input.head);
  const zone = checkZone(options.zone ?? 'UTC');
  const refusals = new Refusals();
  // What is there of it already knows what it is; the name alone may not.
  const { assetClass } = await series.info();
  const reading = { ...options, zone, assetClass };
  const read = await collectRows(parseRows(input.text, delimiter), series, reading, refusals);
  const bars = read.collector.finish(refusals);
  const refused = refusals.list();
  const put =
    options.dryRun || bars.time.length === 0
      ? undefined
      : await store(bars, series, { ...options, assetClass }, refused, input.hash.digest('hex'));
  return {
    delimiter,
    columns: read.map.taken,
    ignoredColumns: read.map.ignored,
    header: read.header,
    zone,
    zoneAssumed: options.zone === undefined && read.sawNaive(),
    rowsRead: read.rows,
    accepted: bars.time.length,
    first: bars.time[0],
    last: bars.time.at(-1),
    refused,
    put,
  };
}

async function collectRows(
  lines: ReturnType<typeof parseRows>,
  { symbol, timeframe }: Series,
  options: ImportOptions & { readonly zone: string; readonly assetClass: string },
  refusals: Refusals,
) {
  const { assetClass } = options;
  const sessions = assetClass !== 'crypto' && assetClass !== 'synthetic';
  const sessionDates = sessions && isDaily(timeframe);
  const stamps = createStampReader({ format: options.timeFormat, zone: options.zone, sessionDates });
  const before: (readonly string[])[] = [];
  let rules: RowRules | undefined;
  let collector: RowCollector | undefined;
  let header = true;
  let rows = 0;
  for await (const { line, cells } of lines) {
    if (rows % 4096 === 0) options.signal?.throwIfAborted();
    if (rules === undefined || collector === undefined) {
      const named = mapHeader(cells, symbol, timeframe === 'ticks', options.timeColumn);
      const unnamed =
        stamps.read((cells[0] ?? '').trim()) === undefined
          ? undefined
          : assumeOrder(cells.length, timeframe === 'ticks');
      const map: ColumnMap | undefined = named ?? (options.timeColumn === undefined ? unnamed : undefined);
      if (map === undefined) {
        before.push(cells);
        if (before.length >= PREAMBLE) break;
        continue;
      }
      rules = { timeframe, map, stamps, now: options.now, sessions };
      collector = new RowCollector(map.values.map(({ name }) => name));
      header = named !== undefined;
      if (header) continue;
    }
    rows++;
    const row = checkRow(cells, rules);
    if (typeof row === 'string') refusals.add(row, line, cells.join(options.delimiter ?? ','));
    else collector.add(row.time, row.values, line);
  }
  if (rules === undefined || collector === undefined) throw headerUnknown(before, timeframe);
  return { map: rules.map, collector, header, rows, sawNaive: () => stamps.sawNaive };
}

function isDaily(timeframe: Timeframe): boolean {
  return timeframe === '1mo' || (stepOf(timeframe) ?? 0) >= DAY;
}

async function store(
  bars: Bars,
  series: Series,
  options: ImportOptions & { readonly assetClass: string },
  refused: readonly Refusal[],
  checksum: string,
): Promise<PutReport> {
  const provenance = {
    provider: options.provider,
    via: 'import' as const,
    fetchedAt: new Date(options.now).toISOString(),
    checksum,
    derived: false,
  };
  // A bar that is still open and a row that was there twice are no loss: they are not held against the file.
  const rejected = refused.filter(({ reason }) => reason !== 'not-closed' && reason !== 'duplicate');
  return series.put(bars, provenance, {
    assetClass: options.assetClass,
    winner: options.force ? 'incoming' : 'existing',
    rejected: rejected.map(({ reason, count }) => ({ reason, count })),
  });
}

function checkZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new AlmanacError('USAGE', `${JSON.stringify(zone)} is not a time zone`, {
      suggestions: ['--tz America/New_York, as the IANA list names zones'],
    });
  }
}

function headerUnknown(before: readonly (readonly string[])[], timeframe: Timeframe): AlmanacError {
  const wanted = timeframe === 'ticks' ? 'a time and a price' : 'a time, open, high, low and close';
  const widest = before.reduce((a, b) => (b.length > a.length ? b : a), [] as readonly string[]);
  if (widest.length === 0) return new AlmanacError('BARS_INVALID', 'the file has no rows');
  const found = widest.slice(0, 12).map((name) => JSON.stringify(name.trim().slice(0, 30)));
  return new AlmanacError('BARS_INVALID', `the file names no columns for ${wanted}; it has ${found.join(', ')}`, {
    suggestions: [
      '--time-column NAME, where the time has an unusual name',
      '--delimiter CHARACTER, where the cells are split wrongly',
    ],
  });
}
