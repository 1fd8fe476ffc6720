import path from 'node:path';
import { AlmanacError } from '../market/almanac-error.js';
import { type Bars, rowsOf } from '../market/bars.js';
import { blockSpan } from '../market/block.js';
import { formatInstant } from '../market/instant.js';
import { intersect, type Range, yearRange } from '../market/range.js';
import { defaultCalendar, parseSymbol } from '../market/symbol.js';
import type { Timeframe } from '../market/timeframe.js';
import { assertStorable } from './assert-storable.js';
import { putBars } from './commit/put-bars.js';
import type {
  BlockProvenance,
  Coverage,
  PutOptions,
  PutProvenance,
  PutReport,
  ReadOptions,
  Series,
  SeriesInfo,
  VerifyReport,
  YearInfo,
} from './face.js';
import { asUnreadable, explainUnreadable, folderInPlace, unreadableError } from './files/unreadable.js';
import { readSpan } from './files/whole-file.js';
import { assertInside, dataName, parseDataName, seriesFolder } from './layout.js';
import type { Sidecar } from './sidecar/sidecar.js';
import type { StoreContext } from './store-context.js';
import { summarise } from './summary.js';
import { decodeUnindexed } from './year/block.js';
import { blocksThere } from './year/blocks-there.js';
import { openYear, readSidecar } from './year/open-year.js';
import { readBatches, readColumns, unionOf } from './year/read-bars.js';
import { readYear, refuseDamage, type YearReader } from './year/read-year.js';
import { splitBars } from './year/split-bars.js';
import { verifyYear } from './year/verify-year.js';

const ALWAYS: Range = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

export function openSeries(context: StoreContext, symbol: string, timeframe: Timeframe): Series {
  const instrument = parseSymbol(symbol);
  const folder = seriesFolder(context.folder, symbol, timeframe);
  assertInside(context.folder, folder);
  const { files } = context;

  async function listYears(): Promise<number[]> {
    const entries = (await files.list(folder)) ?? [];
    return entries
      .filter((entry) => entry.kind !== 'other')
      .map((entry) => parseDataName(entry.name))
      .filter((year) => year !== undefined)
      .sort((a, b) => a - b);
  }

  async function yearsWithin(range: Range): Promise<number[]> {
    const all = await explainUnreadable(folder, listYears);
    return all.filter((year) => intersect(yearRange(year), range) !== undefined);
  }

  async function* openYears(options: ReadOptions): AsyncGenerator<YearReader> {
    const range = rangeOf(options);
    for (const year of await yearsWithin(range)) {
      const reader = await readYear(files, folder, year, range, options.onDamage ?? refuseDamage(folder));
      if (reader === undefined) continue;
      try {
        yield reader;
      } finally {
        await reader.close();
      }
    }
  }

  async function read(options: ReadOptions = {}): Promise<Bars> {
    const readers: YearReader[] = [];
    const onDamage = options.onDamage ?? refuseDamage(folder);
    const range = rangeOf(options);
    try {
      for (const year of await yearsWithin(range)) {
        const reader = await readYear(files, folder, year, range, onDamage);
        if (reader !== undefined) readers.push(reader);
      }
      const bars = await readColumns(readers, { range, columns: columnsOf(options), onDamage });
      assertKnown(options.columns, readers);
      return bars;
    } finally {
      for (const reader of readers) await reader.close();
    }
  }

  async function* batches(options: ReadOptions = {}): AsyncGenerator<Bars> {
    const all = await years();
    const columns = columnsOf(options) ?? unionOf(await columnsWithin(rangeOf(options), all));
    assertKnown(options.columns, all.flatMap(told));
    yield* readBatches(openYears(options), {
      range: rangeOf(options),
      columns,
      onDamage: options.onDamage ?? refuseDamage(folder),
    });
  }

  /** By the sidecars; a year that has none is opened to learn its own. */
  async function columnsWithin(range: Range, all: readonly YearInfo[]): Promise<Columned[]> {
    const known = all.flatMap(told);
    for (const { year } of all.filter(({ sidecar, state }) => sidecar === undefined && state !== 'newer')) {
      if (intersect(yearRange(year), range) === undefined) continue;
      // What is damaged in it is told when its rows are read.
      const reader = await readYear(files, folder, year, range, () => undefined);
      if (reader === undefined) continue;
      known.push({ columns: reader.columns });
      await reader.close();
    }
    return known;
  }

  const years = (): Promise<YearInfo[]> => explainUnreadable(folder, describeYears);

  async function describeYears(): Promise<YearInfo[]> {
    return Promise.all((await listYears()).map(describeYear)).then((all) => all.filter((year) => year !== undefined));
  }

  async function describeYear(year: number): Promise<YearInfo | undefined> {
    try {
      return await lookAtYear(year);
    } catch (error) {
      const unreadable = asUnreadable(error, path.join(folder, dataName(year)));
      if (unreadable === undefined) throw error;
      return { year, state: 'unreadable', sidecar: undefined, bytes: 0, unreadable };
    }
  }

  async function lookAtYear(year: number): Promise<YearInfo | undefined> {
    // A cache of a thousand series is listed by sidecars alone; only one that does not fit its file is looked into.
    const data = await files.stat(path.join(folder, dataName(year)));
    if (data?.kind === 'folder') throw folderInPlace(path.join(folder, dataName(year)));
    const parsed = data && (await readSidecar(files, folder, year));
    if (parsed?.state === 'sound' && parsed.sidecar.file.bytes === data?.bytes) {
      return { year, state: 'sound', sidecar: parsed.sidecar, bytes: data.bytes };
    }
    if (parsed?.state === 'newer') return { year, state: 'newer', sidecar: undefined, bytes: data?.bytes ?? 0 };
    const opened = await openYear(files, folder, year);
    if (opened === undefined) return undefined;
    await opened.file.close();
    return { year, state: opened.state, sidecar: opened.sidecar, bytes: opened.bytes };
  }

  return {
    symbol,
    timeframe,
    years,
    read,
    batches,
    async info(): Promise<SeriesInfo> {
      // A folder that cannot be listed is told like a file that cannot be read: it keeps nobody from the other series.
      const looked = await describeYears().catch(
        (error: unknown) => asUnreadable(error, folder) ?? Promise.reject(error),
      );
      const [all, unlisted] = Array.isArray(looked) ? [looked, undefined] : [[], looked];
      const without = all.filter(({ state }) => state === 'no-sidecar');
      const counted = await Promise.all(without.map(({ year }) => countUnindexed(year)));
      return summarise(symbol, timeframe, instrument.assetClass, all, counted.flat(), unlisted);
    },
    async *rows(options = {}) {
      for await (const bars of batches(options)) yield* rowsOf(bars);
    },
    async coverage(range = ALWAYS): Promise<Coverage> {
      const blocks: Coverage['blocks'][number][] = [];
      const explained: Coverage['explained'][number][] = [];
      for (const year of await years()) {
        if (intersect(yearRange(year.year), range) === undefined) continue;
        if (year.unreadable !== undefined) throw unreadableError(year.unreadable);
        if (year.sidecar === undefined) blocks.push(...(await countUnindexed(year.year)));
        else {
          blocks.push(...blocksOf(year));
          explained.push(
            ...year.sidecar.explained.filter(
              (gap) => Date.parse(gap.from) < range.end && Date.parse(gap.to) > range.start,
            ),
          );
        }
      }
      const inside = blocks.filter((block) => block.last >= range.start && block.first < range.end);
      return { rows: inside.reduce((sum, block) => sum + block.rows, 0), blocks: inside, explained };
    },
    async put(bars: Bars, provenance: PutProvenance | BlockProvenance, options: PutOptions = {}): Promise<PutReport> {
      assertStorable(bars, symbol, timeframe);
      return putBars({
        context,
        cache: context.folder,
        folder,
        symbol,
        timeframe,
        bars,
        provenance: typeof provenance === 'function' ? provenance : () => provenance,
        options,
        identity,
      });
    },
    async verify(): Promise<VerifyReport> {
      const total = { blocks: 0, rows: 0, damaged: [] as VerifyReport['damaged'][number][] };
      for (const year of await explainUnreadable(folder, listYears)) {
        const report = await verifyYear(files, folder, year);
        total.blocks += report.blocks;
        total.rows += report.rows;
        total.damaged.push(...report.damaged);
      }
      return total;
    },
  };

  function identity(year: number, before: Sidecar | undefined, options: PutOptions) {
    const told = options.assetClass ?? before?.assetClass;
    const { assetClass } = parseSymbol(symbol, told);
    return {
      schemaVersion: 1 as const,
      symbol,
      timeframe,
      year,
      assetClass: told ?? assetClass,
      calendar: options.calendar ?? before?.calendar ?? defaultCalendar(assetClass),
      timezone: 'UTC',
      writtenBy: context.writtenBy,
      updatedAt: formatInstant(context.now()),
    };
  }

  /** By the periods its blocks will have: coverage is counted a period at a time. */
  async function countUnindexed(year: number): Promise<Coverage['blocks'][number][]> {
    const opened = await openYear(files, folder, year);
    if (opened === undefined) return [];
    try {
      const bars = await decodeUnindexed(await readSpan(opened.file, 0, opened.bytes), year);
      return splitBars(blockSpan(timeframe), bars).map(({ period, rows: { time } }) => {
        return { period, rows: time.length, first: time[0] as number, last: time.at(-1) as number };
      });
    } catch {
      return [];
    } finally {
      await opened.file.close();
    }
  }
}

interface Columned {
  readonly columns: readonly string[];
}

function told({ sidecar }: YearInfo): Columned[] {
  return sidecar === undefined ? [] : [{ columns: sidecar.columns.slice(1) }];
}

function blocksOf(year: YearInfo): Coverage['blocks'][number][] {
  return blocksThere(year).map(({ period, rows, first, last }) => ({
    period,
    rows,
    first: Date.parse(first),
    last: Date.parse(last),
  }));
}

function rangeOf(options: ReadOptions): Range {
  return { start: options.start ?? ALWAYS.start, end: options.end ?? ALWAYS.end };
}

/** A name given twice would be read once, and its second column would hold nothing but zeros. */
function columnsOf({ columns }: ReadOptions): readonly string[] | undefined {
  const repeated = columns?.find((name, i) => columns.indexOf(name) < i);
  if (repeated !== undefined) throw new AlmanacError('USAGE', `the column ${repeated} is asked for more than once`);
  return columns?.filter((name) => name !== 'timestamp');
}

/** A column that no year has is a typing mistake; one that some years lack is NaN there. */
function assertKnown(asked: readonly string[] | undefined, years: readonly Columned[]): void {
  if (asked === undefined || years.length === 0) return;
  const known = new Set(['timestamp', ...years.flatMap((year) => year.columns)]);
  const unknown = asked.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new AlmanacError('USAGE', `there is no column ${unknown}; there are ${[...known].join(', ')}`);
}
