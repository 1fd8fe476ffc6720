import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { type Bars, emptyBars } from '../../market/bars.js';
import { splitByYear, yearOf } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { BlockProvenance, PutOptions, PutReport } from '../face.js';
import type { FilePort, OpenFile } from '../files/file-port.js';
import { dataName, encodeSymbol } from '../layout.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import type { StoreContext } from '../store-context.js';
import { BlockError } from '../year/block.js';
import { splitYears } from '../year/split-bars.js';
import { assertSameWorld } from './assert-same-world.js';
import { commitYear, explainDiskError } from './commit-year.js';
import { mergeYear, type YearMerge } from './merge-year.js';
import { recoverYear, type YearState } from './recover-year.js';
import { repairYear } from './repair-year.js';
import { lockSeries, type SeriesLock } from './series-lock.js';
import type { SidecarIdentity, YearContext } from './year-context.js';

export interface PutRequest {
  readonly context: StoreContext;
  readonly cache: string;
  readonly folder: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: Bars;
  readonly provenance: BlockProvenance;
  readonly options: PutOptions;
  identity(year: number, before: Sidecar | undefined, options: PutOptions): SidecarIdentity;
}

/** Merges bars into their years, one commit a year, all under the series' lock. */
export async function putBars(request: PutRequest): Promise<PutReport> {
  const years = yearsOf(request.bars, request.options);
  const report = { added: 0, replaced: 0, conflicts: 0, removed: 0, years: [] as number[], repaired: [] as string[] };
  if (years.size === 0) return report;
  let lock: SeriesLock | undefined;
  try {
    await makeSeriesFolder(request);
    lock = await lockSeries(request.context.files, request.folder, {
      timeoutMs: request.context.lockTimeoutMs,
      owner: request.context.owner,
      signal: request.context.signal ?? request.context.waiting,
    });
    await assertSameWorld(request);
    const context: YearContext = {
      files: request.context.files,
      cache: request.cache,
      folder: request.folder,
      symbol: request.symbol,
      timeframe: request.timeframe,
      now: request.context.now,
      lock,
      identity: (year, before) => request.identity(year, before, request.options),
    };
    for (const [year, incoming] of years) {
      request.context.signal?.throwIfAborted();
      const merged = await putYear(context, request, year, incoming, report.repaired);
      for (const key of ['added', 'replaced', 'conflicts', 'removed'] as const) report[key] += merged[key];
      if (merged.next !== undefined) report.years.push(year);
    }
    return report;
  } catch (error) {
    throw explainDiskError(error, request.folder);
  } finally {
    await lock?.release();
  }
}

/** A block that fails its proof while it is merged or copied sends the year through repair, once. */
async function putYear(
  context: YearContext,
  request: PutRequest,
  year: number,
  incoming: Bars,
  repaired: string[],
): Promise<YearMerge> {
  for (let attempt = 0; ; attempt++) {
    const state = await recoverYear(context.files, context.folder, year, attempt > 0);
    const repair = await repairYear(context, year, state);
    if (repair !== undefined) repaired.push(repair.note);
    const sound = repair === undefined ? state : await recoverYear(context.files, context.folder, year);
    assertMended(sound, path.join(context.folder, dataName(year)));
    const sidecar = sound.kind === 'sound' ? sound.sidecar : undefined;
    const file = sidecar && (await context.files.open(path.join(context.folder, dataName(year)), 'read'));
    try {
      const existing = sidecar === undefined ? undefined : { sidecar, file: file as OpenFile };
      const merged = await mergeYear(context, {
        year,
        incoming,
        provenance: request.provenance,
        options: optionsOf(request, year),
        existing,
      });
      if (merged.next !== undefined) await commitYear(context, merged.next);
      return merged;
    } catch (error) {
      if (!(error instanceof BlockError) || attempt > 0) throw error;
    } finally {
      await file?.close().catch(() => undefined); // it was only read
    }
  }
}

/** What no repair makes readable is not taken for an absent year: the rows to be written would replace all of it. */
function assertMended(state: YearState, data: string): void {
  if (state.kind === 'sound' || state.kind === 'none') return;
  throw new AlmanacError('STORE_DAMAGED', `${data} was repaired, and still ${state.reason}; nothing more was written`, {
    suggestions: ['almanac cache cleanup'],
  });
}

/** What was refused is counted once, in its own year. */
function optionsOf({ bars, options }: PutRequest, year: number): PutOptions {
  if (options.rejected === undefined) return options;
  const first = yearOf(bars.time[0] ?? Number.NaN);
  return { ...options, rejected: options.rejected.filter((each) => (each.year ?? first) === year) };
}

/** Every year the bars, a replacement or an explanation speak of. */
function yearsOf(bars: Bars, options: PutOptions): Map<number, Bars> {
  const years = new Map(splitYears(bars).map(({ year, rows }) => [year, rows]));
  const touch = (year: number): unknown => years.has(year) || years.set(year, emptyBars(bars.columns));
  if (options.replace !== undefined) for (const { year } of splitByYear(options.replace)) touch(year);
  for (const range of options.explained ?? []) {
    for (let year = yearOf(Date.parse(range.from)); year <= yearOf(Date.parse(range.to) - 1); year++) touch(year);
  }
  return new Map([...years].sort(([a], [b]) => a - b));
}

/** Refuses planted links and, on a disk that folds case, a symbol that would share another's folder. */
async function makeSeriesFolder({ context: { files }, cache, folder, symbol }: PutRequest): Promise<void> {
  const symbolFolder = path.dirname(folder);
  for (const part of [symbolFolder, folder]) await assertFolder(files, part);
  const existed = (await files.stat(symbolFolder)) !== undefined;
  if (existed && !((await files.list(cache)) ?? []).some((entry) => entry.name === encodeSymbol(symbol))) {
    throw new AlmanacError(
      'SYMBOL_REFUSED',
      `${symbol} differs only by case from a symbol that is there, and this disk cannot tell them apart`,
    );
  }
  if ((await files.stat(folder)) !== undefined) return;
  await files.makeFolder(folder);
  for (const part of [symbolFolder, cache]) await files.syncFolder(part);
}

async function assertFolder(files: FilePort, folder: string): Promise<void> {
  const stat = await files.stat(folder);
  if (stat === undefined || stat.kind === 'folder') return;
  throw new AlmanacError(
    'STORE_UNUSABLE',
    `${folder} is not a folder (a link or a file); nothing is written through it`,
  );
}
