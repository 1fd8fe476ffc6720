import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { formatInstant } from '../../market/instant.js';
import { defaultCalendar, parseSymbol } from '../../market/symbol.js';
import { explainDiskError } from '../commit/commit-year.js';
import { moveToQuarantine } from '../commit/quarantine.js';
import { recoverYear, sweepYear, type YearState } from '../commit/recover-year.js';
import { type Repaired, repairYear } from '../commit/repair-year.js';
import { lockSeries } from '../commit/series-lock.js';
import type { YearContext } from '../commit/year-context.js';
import { dataName, parseTempName, sidecarName } from '../layout.js';
import type { StoreContext } from '../store-context.js';
import { decodeUnindexed } from '../year/block.js';
import type { Finding } from './finding.js';
import { judgeYear } from './judge-year.js';
import type { SeriesOnDisk } from './walk-cache.js';
import { YEAR_STEPS } from './year-steps.js';
import { type Seen, seeFiles } from './year-subject.js';

export interface RepairRequest {
  readonly year: number;
  /** As they were when the findings were made: where they have changed since, nothing is done. */
  readonly seen: readonly Seen[];
  /** Their ids, by which the quarantined files can be asked for. */
  readonly findings: readonly string[];
}

export type RepairOutcome =
  /** Mended; `quarantine` where the hurt files are, if there were any. */
  | { readonly kind: 'repaired'; readonly note: string; readonly quarantine?: string; readonly lost: readonly string[] }
  /** Somebody else mended it, or a run before this one. */
  | { readonly kind: 'sound' }
  | { readonly kind: 'changed' };

/** A series whose lock is ours, and what can be mended in it. */
export interface RepairableSeries {
  repair(request: RepairRequest): Promise<RepairOutcome>;
  /** Removes what dead writers left unpublished; how many files. */
  sweep(): Promise<number>;
  /** Moves files of the folder into quarantine, where they are as they were seen; its id. */
  setAside(seen: readonly Seen[], reason: string, findings: readonly string[]): Promise<string | undefined>;
}

/** Takes the series' lock for as long as `work` runs: under it no temporary file is anybody's. */
export async function withRepairableSeries<T>(
  context: StoreContext,
  series: SeriesOnDisk,
  work: (repairable: RepairableSeries) => Promise<T>,
): Promise<T> {
  const { files } = context;
  const { folder } = series;
  try {
    const lock = await lockSeries(files, folder, {
      timeoutMs: context.lockTimeoutMs,
      owner: context.owner,
      signal: context.signal,
    });
    try {
      const year = yearContext(context, series, lock);
      return await work({
        repair: (request) => repair(year, series, request),
        async sweep() {
          const years = new Set<number>();
          let swept = 0;
          for (const { name } of (await files.list(folder)) ?? []) {
            const temp = parseTempName(name);
            if (temp === undefined) continue;
            years.add(temp.year);
            swept++;
          }
          for (const each of years) {
            // A temporary file may be what rolls a year forward: that is looked at first.
            const state = await recoverYear(files, folder, each, true);
            if (state.kind === 'sound' || state.kind === 'none') await sweepYear(files, folder, each);
          }
          return swept;
        },
        async setAside(seen, reason, findings) {
          const names = seen.map(({ name }) => name);
          if (JSON.stringify(await seeFiles(files, folder, names)) !== JSON.stringify(seen)) return undefined;
          const request = { cache: context.folder, folder, names, reason, now: context.now(), findings };
          return moveToQuarantine(files, request);
        },
      });
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw explainDiskError(error, folder);
  }
}

async function repair(context: YearContext, series: SeriesOnDisk, request: RepairRequest): Promise<RepairOutcome> {
  const { files, folder } = context;
  const { year, findings } = request;
  const names = [dataName(year), sidecarName(year)];
  const changed = JSON.stringify(await seeFiles(files, folder, names)) !== JSON.stringify(request.seen);
  const before = await look(context, series, year);
  // Rolling forward loses nothing, so it needs nobody's leave.
  const state = await recoverYear(files, folder, year, true);
  const rolled = state.kind === 'sound' && before.rolls;
  const now = rolled ? await look(context, series, year) : before;
  if (now.faults.length === 0) {
    if (!rolled) return { kind: 'sound' };
    return { kind: 'repaired', note: `${year}: what a dead writer had begun was finished`, lost: [] };
  }
  if (changed && !rolled) return { kind: 'changed' };
  const repaired = await mend(context, year, state, now.faults, findings);
  if (repaired === undefined) return { kind: 'sound' };
  const left = (await look(context, series, year)).faults[0];
  if (left !== undefined)
    throw new AlmanacError('STORE_DAMAGED', `${left.path}: it was repaired, and still ${left.detail}`);
  return { kind: 'repaired', note: repaired.note, quarantine: repaired.quarantine, lost: repaired.lost };
}

async function look(context: YearContext, series: SeriesOnDisk, year: number) {
  const { findings } = await judgeYear(context.files, series, year, YEAR_STEPS);
  return {
    faults: findings.filter(({ action }) => action !== 'none' && action !== 'roll-forward'),
    rolls: findings.some(({ action }) => action === 'roll-forward'),
  };
}

async function mend(
  context: YearContext,
  year: number,
  state: YearState,
  faults: readonly Finding[],
  findings: readonly string[],
): Promise<Repaired | undefined> {
  const reason = faults[0]?.detail ?? 'damaged';
  if (state.kind === 'none') return setAside(context, year, reason, findings);
  if (state.kind === 'unindexed') return repairYear(context, year, { ...state, reason }, findings);
  if (state.kind === 'damaged') return repairYear(context, year, state, findings);
  // By its hashes it is as it was written; so it was written wrong, or signed again by hand.
  const bytes = await context.files.readWhole(path.join(context.folder, dataName(year)));
  const rows = bytes && (await decodeUnindexed(bytes, year).catch(() => undefined));
  const { sidecar } = state;
  const wrong: YearState = rows === undefined ? { kind: 'damaged', sidecar, reason } : { kind: 'unindexed', reason };
  return repairYear(context, year, wrong, findings);
}

/** A sidecar that cannot be read, without data: nothing can be made of it. */
async function setAside(
  context: YearContext,
  year: number,
  reason: string,
  findings: readonly string[],
): Promise<Repaired> {
  const { files, cache, folder } = context;
  const names = [sidecarName(year)];
  const id = await moveToQuarantine(files, { cache, folder, names, reason, now: context.now(), findings });
  return { note: `${year}: ${reason}; its sidecar is in quarantine as ${id}`, quarantine: id, lost: [String(year)] };
}

function yearContext(context: StoreContext, series: SeriesOnDisk, lock: YearContext['lock']): YearContext {
  const { symbol, timeframe, folder } = series;
  const { assetClass } = parseSymbol(symbol);
  return {
    files: context.files,
    cache: context.folder,
    folder,
    symbol,
    timeframe,
    now: context.now,
    lock,
    identity: (year, before) => ({
      schemaVersion: 1,
      symbol,
      timeframe,
      year,
      assetClass: before?.assetClass ?? assetClass,
      calendar: before?.calendar ?? defaultCalendar(assetClass),
      timezone: 'UTC',
      writtenBy: context.writtenBy,
      updatedAt: formatInstant(context.now()),
    }),
  };
}
