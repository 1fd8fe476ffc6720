import type { SourceTree } from '../../legacy/source-tree.js';
import { AlmanacError } from '../../market/almanac-error.js';
import { type Bars, emptyBars } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { PutOptions, Series } from '../../store/face.js';
import { type AssumedZones, chooseZone } from './choose-zone.js';
import type { Clash } from './clash.js';
import { compareStored } from './compare-stored.js';
import { cutWindows, speaksOf } from './cut-windows.js';
import { beginProgress, type Candidacy, noteRead, type Progress, withoutRepeats } from './file-progress.js';
import { statSource } from './hash-source.js';
import { type Joined, joinParts } from './join-parts.js';
import { proveWindow } from './prove-window.js';
import { readWindow } from './read-window.js';
import type { Source } from './source.js';
import { type Contributor, storeWindow } from './store-window.js';
import type { Survey } from './survey-source.js';

export interface FileOutcome {
  readonly source: Source;
  /** As found; of a file that was copied, with the repeats in it taken out of what was admitted. */
  readonly survey: Survey;
  readonly state: 'planned' | 'proved' | 'already' | 'failed';
  /** Rows the cache did not have. */
  readonly added: number;
  readonly reason?: string;
}

export interface SeriesOutcome {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly files: readonly FileOutcome[];
  readonly added: number;
  readonly conflicts: number;
  readonly clashes: readonly Clash[];
  readonly warnings: readonly string[];
  readonly error?: AlmanacError;
}

export interface SeriesRequest {
  readonly series: Series;
  readonly tree: SourceTree;
  readonly candidacies: readonly Candidacy[];
  readonly zones: AssumedZones;
  readonly dryRun: boolean;
  readonly now: number;
  readonly signal: AbortSignal | undefined;
  readonly options: Pick<PutOptions, 'calendar'>;
  readonly mostCells?: number | undefined;
}

/** What is wrong with one series and no reason to stop the others. */
const OF_ONE_SERIES = new Set(['STORE_CONFLICT', 'STORE_LOCKED', 'SYMBOL_REFUSED', 'BARS_INVALID', 'STORE_DAMAGED']);
const SHOWN = 3;

/** All files of one series, window by window: read, joined, held against the cache, stored, read back. */
export async function migrateSeries(request: SeriesRequest): Promise<SeriesOutcome> {
  const work = new SeriesWork(request);
  try {
    for (const window of cutWindows(
      request.candidacies.map(({ survey }) => survey),
      request.mostCells,
    )) {
      request.signal?.throwIfAborted();
      await work.run(window);
    }
    return await work.finish();
  } catch (error) {
    if (error instanceof AlmanacError && OF_ONE_SERIES.has(error.code)) return work.fail(error);
    throw error;
  }
}

class SeriesWork {
  /** The newest first: it wins a row. */
  readonly #ranked: readonly Progress[];
  readonly #clashes: Clash[] = [];
  readonly #warnings: string[] = [];
  #conflicts = 0;

  constructor(private readonly request: SeriesRequest) {
    this.#ranked = [...request.candidacies]
      .sort((a, b) => b.survey.modified - a.survey.modified || (a.source.claim.path < b.source.claim.path ? -1 : 1))
      .map(beginProgress);
  }

  async run(window: Range): Promise<void> {
    const speaking = this.#ranked.filter(({ candidacy }) => speaksOf(candidacy.survey, window));
    if (speaking.every(({ candidacy }) => candidacy.done)) return;
    const { series, dryRun, options } = this.request;
    const { parts, given } = await this.#read(speaking, window);
    const joined = joinParts(parts);
    const contributors = given.map((each, part) => this.#contribute(each, (parts[part] as Bars).columns));
    // What was read lies in `joined` now.
    parts.length = 0;
    const stored = await series.read({ ...window, onDamage: () => undefined }).catch(nothingThere);
    const compared = compareStored(stored, joined);
    this.#count(joined, compared, given);
    if (dryRun) return;
    const { fresh } = compared;
    if (compared.added > 0) this.#warnings.push(...(await storeWindow(series, joined, fresh, contributors, options)));
    for (const [part, rows] of await proveWindow(series, window, { ...joined, fresh })) {
      (given[part] as Progress).reason = `${rows} of its rows did not read back as they were`;
    }
  }

  /** What a file refused is told to the store with the first rows of it that go there. */
  #contribute(progress: Progress, columns: readonly string[]): Contributor {
    const { source, survey } = progress.candidacy;
    const refused = progress.told ? [] : [...survey.refused];
    progress.told = true;
    const rejected = refused
      .filter(([reason]) => reason !== 'not-closed' && reason !== 'duplicate')
      .map(([reason, count]) => ({ reason, count }));
    return { source, survey, columns, rejected };
  }

  async #read(speaking: readonly Progress[], window: Range) {
    const { tree, zones, now, signal } = this.request;
    const parts: Bars[] = [];
    const given: Progress[] = [];
    for (const progress of speaking) {
      const { source, survey } = progress.candidacy;
      const zone = chooseZone(source.claim, zones);
      try {
        const settled = await readWindow(source, survey, window, tree, { zone, now, signal });
        parts.push(settled.bars);
        given.push(progress);
        noteRead(progress, settled);
        const { path } = source.claim;
        this.#tell(
          settled.conflicts,
          settled.clashes.map((clash) => ({ ...clash, keptFrom: path, lostFrom: path })),
        );
      } catch (error) {
        signal?.throwIfAborted();
        progress.reason = error instanceof Error ? error.message : String(error);
      }
    }
    return { parts, given };
  }

  #count(joined: Joined, compared: ReturnType<typeof compareStored>, given: readonly Progress[]): void {
    const pathOf = (part: number): string => (given[part] as Progress).candidacy.source.claim.path;
    for (const [row, mark] of compared.fresh.entries()) {
      if (mark === 1) (given[joined.origin[row] as number] as Progress).added++;
    }
    const between = joined.clashes.map(({ keptPart, lostPart, ...clash }) => ({
      ...clash,
      keptFrom: pathOf(keptPart),
      lostFrom: pathOf(lostPart),
    }));
    const withStored = compared.clashes.map(({ row, ...clash }) => ({
      ...clash,
      time: joined.bars.time[row] as number,
      keptFrom: undefined,
      lostFrom: pathOf(joined.origin[row] as number),
    }));
    this.#tell(joined.conflicts + compared.conflicts, [...between, ...withStored]);
  }

  #tell(conflicts: number, clashes: readonly Clash[]): void {
    this.#conflicts += conflicts;
    this.#clashes.push(...clashes.slice(0, SHOWN - this.#clashes.length));
  }

  /** A file that changed while it was read is not proved, whatever was found in it. */
  async finish(): Promise<SeriesOutcome> {
    for (const progress of this.#ranked) {
      const { source, survey, done } = progress.candidacy;
      if (done || progress.reason !== undefined) continue;
      const now = await statSource(this.request.tree, source.claim.path).catch(() => undefined);
      if (now?.bytes !== survey.bytes || now.modified !== survey.modified)
        progress.reason = 'it changed while it was read';
    }
    return this.#outcome();
  }

  fail(error: AlmanacError): SeriesOutcome {
    for (const progress of this.#ranked) if (!progress.candidacy.done) progress.reason ??= error.message;
    return { ...this.#outcome(), error };
  }

  #outcome(): SeriesOutcome {
    const { series, dryRun } = this.request;
    const files = this.#ranked.map((progress): FileOutcome => {
      const { candidacy, added, reason } = progress;
      const { source, survey, done } = candidacy;
      if (done) return { source, survey, state: 'already', added: 0 };
      // What of it was not read again would count as repeats.
      if (reason !== undefined) return { source, survey, state: 'failed', added, reason };
      return { source, survey: withoutRepeats(progress), state: dryRun ? 'planned' : 'proved', added };
    });
    const added = files.reduce((sum, file) => sum + file.added, 0);
    const { symbol, timeframe } = series;
    const warnings = this.#warnings;
    return { symbol, timeframe, files, added, conflicts: this.#conflicts, clashes: this.#clashes, warnings };
  }
}

/** A year so damaged that nothing of it can be read has no rows to compare with; what is stored into it mends it. */
function nothingThere(error: unknown): Bars {
  if (error instanceof AlmanacError && error.code === 'STORE_DAMAGED') return emptyBars();
  throw error;
}
