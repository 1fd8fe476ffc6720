import { hasCode } from '../../market/almanac-error.js';
import { type Bars, emptyBars, rowCount } from '../../market/bars.js';
import { closedUntil, type Expectation } from '../../market/expected.js';
import { formatInstant } from '../../market/instant.js';
import type { Host } from '../../sources/host/create-host.js';
import type { PutProvenance, Series, SeriesInfo } from '../../store/face.js';
import { addEmpty, askedInVain, changeNotes, readNotes } from '../populate/notes.js';
import { askCluster } from './ask-cluster.js';
import { type Cluster, clusterHoles, type WindowRules } from './cluster-holes.js';
import { concludeHole, confirmersOf } from './conclude-hole.js';
import { describeOtherWorld } from './describe-other-world.js';
import { explainHole, findConfirmed } from './explain-holes.js';
import { PRICE_COLUMNS } from './fetch-range.js';
import type { GapOutcome } from './fill-outcome.js';
import type { FillOptions, FillTools } from './fill-tools.js';
import { findAsked } from './find-asked.js';
import type { HoleWork } from './hole-work.js';
import { type Failure, judgeFailure } from './judge-failure.js';
import { OwnRows } from './own-rows.js';
import { reachOf } from './reach-of.js';
import type { WhoseRows } from './whose-rows.js';

export interface SeriesJob {
  readonly info: SeriesInfo;
  readonly series: Series;
  readonly expectation: Expectation;
  readonly whose: WhoseRows;
  readonly works: readonly HoleWork[];
}

/** Providers that said enough for this run, by id: nobody asks them again. */
export type Stopped = Map<string, Failure>;

/** Asks one provider after the other for what one series still lacks. */
export class SeriesFill {
  /** Something was written. */
  touched = false;
  /** What ended it before everybody was asked. */
  error: unknown;
  readonly #told = new Set<HoleWork>();
  readonly #own = new Map<string, OwnRows>();

  constructor(
    private readonly job: SeriesJob,
    private readonly options: FillOptions,
    private readonly tools: FillTools,
    private readonly stopped: Stopped,
    private readonly onGap: (gap: GapOutcome) => void,
  ) {}

  /** What became of every hole; where it was broken off, of those that somebody was asked for. */
  async run(): Promise<GapOutcome[]> {
    try {
      await this.#askAll();
    } catch (error) {
      this.error = error ?? new Error('filling a series failed without saying why');
    }
    const { works } = this.job;
    const done = this.error === undefined ? works : works.filter(({ verdicts }) => verdicts.length > 0);
    this.#tell(done);
    return done.map((work) => this.#outcomeOf(work));
  }

  async #askAll(): Promise<void> {
    const { works } = this.job;
    for (;;) {
      const open = works.filter((work) => work.isOpen);
      const provider = open[0]?.queue[0]?.provider;
      if (provider === undefined) break;
      await this.#askProvider(
        provider,
        open.filter(({ queue }) => queue[0]?.provider === provider),
      );
    }
    await this.#explain(works.filter(({ opens }) => opens.length > 0));
  }

  /** Each of these has this provider at the head of its queue; it is there no longer afterwards. */
  async #askProvider(provider: string, works: readonly HoleWork[]): Promise<void> {
    const choices = new Map(works.map((work) => [work, work.queue.shift()]));
    const choice = choices.get(works[0] as HoleWork) as NonNullable<HoleWork['queue'][number]>;
    const { expectation } = this.job;
    const now = this.tools.now();
    const rules: WindowRules = {
      choice,
      expectation,
      reach: reachOf(choice, now),
      closed: closedUntil(expectation, now),
    };
    let host: Host;
    try {
      host = await this.tools.host(provider);
    } catch (error) {
      const failure = judgeFailure(error, provider);
      const reason = error instanceof Error ? error.message : String(error);
      for (const work of works) work.verdicts.push(failure ?? { kind: 'failed', provider, reason });
      return;
    }
    const apart = describeOtherWorld(this.job, host);
    if (apart !== undefined) {
      for (const work of works) work.verdicts.push({ kind: 'refused', provider, reason: apart });
      return;
    }
    const asking = await this.#askable(works, provider, rules);
    for (const cluster of clusterHoles(asking, rules)) {
      this.tools.signal.throwIfAborted();
      await this.#askOne(cluster, host, rules);
      this.#tell(cluster.holes.filter((work) => !work.isOpen));
    }
  }

  #tell(works: readonly HoleWork[]): void {
    for (const work of works) {
      if (this.#told.has(work)) continue;
      this.#told.add(work);
      this.onGap(this.#outcomeOf(work));
    }
  }

  /** Those that this provider reaches and was not asked for in vain within the day. */
  async #askable(works: readonly HoleWork[], provider: string, { reach, choice }: WindowRules): Promise<HoleWork[]> {
    const { symbol, timeframe } = this.job.info;
    const notes = await readNotes(this.tools.notes, this.tools.noteName(symbol, timeframe));
    const asked = findAsked(works, askedInVain(notes, provider, this.tools.now()));
    return works.filter((work) => {
      const rest = work.rest();
      if (rest.every(({ end }) => end <= reach)) {
        const reason = `${provider}: its ${choice.timeframe.timeframe} reaches back to ${formatInstant(reach)} only`;
        work.verdicts.push({ kind: 'out-of-reach', provider, reason });
        return false;
      }
      if (!asked.has(work)) return true;
      work.verdicts.push({ kind: 'empty', provider, from: reach, reason: `${provider} had nothing there today` });
      return false;
    });
  }

  async #askOne(cluster: Cluster<HoleWork>, host: Host, rules: WindowRules): Promise<void> {
    const { provider } = cluster.choice;
    const over = this.stopped.get(provider);
    if (over !== undefined) {
      for (const work of cluster.holes) work.verdicts.push(over);
      return;
    }
    try {
      await askCluster(cluster, host, {
        series: this.job.series,
        expectation: this.job.expectation,
        own: this.#ownOf(provider),
        rules,
        tolerance: this.options.tolerance,
        columns: this.options.takeVolume ? [...PRICE_COLUMNS, 'volume'] : PRICE_COLUMNS,
        splice: (bars) => this.#splice(bars, host, cluster),
      });
    } catch (error) {
      this.tools.signal.throwIfAborted();
      const failure = this.#judge(error, provider);
      if (failure.ends) this.stopped.set(provider, failure);
      for (const work of cluster.holes) work.verdicts.push(failure);
      return;
    }
    await this.#noteEmpty(cluster.holes, provider);
  }

  /** A series that must not take these bars is one series; anything else of the store is everything. */
  #judge(error: unknown, provider: string): Failure {
    const failure = judgeFailure(error, provider);
    if (failure !== undefined) return failure;
    if (!hasCode(error, 'STORE_CONFLICT')) throw error;
    return { kind: 'refused', provider, reason: (error as Error).message, ends: false };
  }

  async #splice(bars: Bars, host: Host, { choice }: Cluster<HoleWork>): Promise<void> {
    if (rowCount(bars) === 0) return;
    const { info, expectation, series } = this.job;
    this.touched = true;
    await series.put(bars, this.#provenance(host, choice.timeframe.derived === true), {
      winner: 'existing',
      assetClass: info.assetClass,
      calendar: expectation.calendar.id,
    });
    this.#ownOf(choice.provider).add(bars.time);
  }

  #ownOf(provider: string): OwnRows {
    const { info, whose } = this.job;
    const own = this.#own.get(provider) ?? new OwnRows(info.timeframe, whose.rangesOf(provider));
    this.#own.set(provider, own);
    return own;
  }

  #provenance({ provider, origin }: Host, derived: boolean): PutProvenance {
    const fetchedAt = formatInstant(this.tools.now());
    return { provider: provider.id, via: 'fill', fetchedAt, derived, ...(origin === undefined ? {} : { origin }) };
  }

  /** What it agreed with and had nothing for is not asked of it again today. */
  async #noteEmpty(works: readonly HoleWork[], provider: string): Promise<void> {
    const { symbol, timeframe } = this.job.info;
    const heard = works.filter(({ verdicts }) => ['empty', 'added'].includes(verdicts.at(-1)?.kind ?? ''));
    const checkedAt = this.tools.now();
    const found = heard.flatMap((work) => work.rest().map((range) => ({ ...range, provider, checkedAt })));
    if (found.length === 0) return;
    await changeNotes(this.tools.notes, this.tools.noteName(symbol, timeframe), (notes) => addEmpty(notes, found));
  }

  async #explain(works: readonly HoleWork[]): Promise<void> {
    const { series } = this.job;
    const years = await series.years();
    for (const work of works) work.explained = findConfirmed(work, years);
    const confirmed = works.filter(({ explained }) => explained.length > 0);
    if (confirmed.length === 0) return;
    this.tools.signal.throwIfAborted();
    const [by = ''] = confirmersOf((confirmed[0] as HoleWork).verdicts);
    const provenance = this.#provenance(await this.tools.host(by), false);
    const now = this.tools.now();
    this.touched = true;
    await series.put(emptyBars(), provenance, { explained: confirmed.flatMap((work) => explainHole(work, now)) });
  }

  #outcomeOf(work: HoleWork): GapOutcome {
    const { symbol, timeframe } = this.job.info;
    const { start, end, bars, besides, rowsAdded, requests } = work;
    return { symbol, timeframe, start, end, bars, besides, rowsAdded, requests, ...concludeHole(work) };
  }
}
