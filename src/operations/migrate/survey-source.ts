import { type LeftOut, LegacyError } from '../../legacy/reader.js';
import type { SourceTree } from '../../legacy/source-tree.js';
import { REASONS, type Reason } from '../../market/bar-rules.js';
import { blockPeriod, blockSpan } from '../../market/block.js';
import { closeOf, stepOf, type Timeframe } from '../../market/timeframe.js';
import { Admission } from '../../sources/admission/admission.js';
import { hashSource, type SourceFacts } from './hash-source.js';
import { rulesFor } from './legacy-rules.js';
import { settleRepeats } from './settle-repeats.js';
import type { Refusal, Source } from './source.js';
import { watchClocks } from './watch-clocks.js';

/** What a file holds, found by reading all of it once and keeping none. */
export interface Survey extends SourceFacts {
  /** As the file has them, before anything is refused. */
  readonly rows: number;
  readonly admitted: number;
  /** Opens of the first and last admitted bar. */
  readonly first: number;
  readonly last: number;
  readonly columns: number;
  /** Admitted rows in each block of the store they will go to. */
  readonly periods: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<Reason | LeftOut, number>;
  /** Its rows never go back in time: who wants early ones need not read on. */
  readonly ordered: boolean;
  /** What had not closed by then is not a bar in this file. */
  readonly closedBy: number;
}

export interface SurveyOptions {
  readonly zone: string | undefined;
  readonly now: number;
  readonly signal: AbortSignal | undefined;
}

export async function surveySource(
  source: Source,
  tree: SourceTree,
  options: SurveyOptions,
): Promise<Survey | Refusal> {
  const { path, layout } = source.claim;
  try {
    return await survey(source, tree, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof LegacyError) return { path, layout, code: error.code, reason: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { path, layout, code: 'UNREADABLE', reason };
  }
}

export const isRefusal = (outcome: object): outcome is Refusal => 'code' in outcome;

async function survey(source: Source, tree: SourceTree, options: SurveyOptions): Promise<Survey> {
  const { claim, reader } = source;
  const { symbol, timeframe } = claim;
  const { now, zone, signal } = options;
  const facts = await hashSource(tree, claim.path);
  const admission = new Admission(rulesFor(symbol, timeframe, now));
  const span = blockSpan(timeframe);
  const periods = new Map<string, number>();
  const latest = new Latest();
  let first = Number.POSITIVE_INFINITY;
  let spacing = Number.POSITIVE_INFINITY;
  let columns = 0;
  let ordered = true;
  let before = Number.NEGATIVE_INFINITY;
  let [admitted, conflicts] = [0, 0];
  const clocksChange = watchClocks(claim, zone);
  const left = new Map<LeftOut, number>();
  const onLeftOut = (reason: LeftOut): unknown => left.set(reason, (left.get(reason) ?? 0) + 1);
  for await (const batch of reader.read(claim, tree, { zone, now, signal, onLeftOut })) {
    signal?.throwIfAborted();
    for (const at of batch.time) {
      if (!(at >= before)) ordered = false;
      before = at;
    }
    const settled = settleRepeats(admission.admit(batch), clocksChange);
    const { time, columns: names } = settled.bars;
    admitted += time.length;
    conflicts += settled.conflicts;
    columns = Math.max(columns, names.length);
    if (time.length === 0) continue;
    first = Math.min(first, time[0] as number);
    latest.add(time);
    let [period, until] = ['', Number.NEGATIVE_INFINITY];
    for (let row = 0; row < time.length; row++) {
      const at = time[row] as number;
      if (row > 0) spacing = Math.min(spacing, at - (time[row - 1] as number));
      // A period is looked up once a block: a row is never later than the next day's beginning in the same one.
      if (at >= until) {
        period = blockPeriod(span, at);
        until = nextDay(at);
      }
      periods.set(period, (periods.get(period) ?? 0) + 1);
    }
  }
  const { rows: given, admitted: judged, refused: faulty } = admission.tally;
  const refused = new Map<Reason | LeftOut, number>([...faulty, ...left]);
  const rows = [...left.values()].reduce((sum, count) => sum + count, given);
  const duplicates = judged - admitted - conflicts;
  if (duplicates > 0) refused.set('duplicate', duplicates);
  const found = { ...facts, rows, admitted, first, columns, periods, refused, ordered };
  assertPlausible(found, timeframe, spacing);
  const { last, before: lastButOne } = latest;
  // A writer that keeps the candle of the moment leaves it as its last row: it closed after the file was written.
  const unfinished = last <= facts.modified && facts.modified < closeOf(timeframe, last) && timeframe !== 'ticks';
  if (!unfinished) return { ...found, last, closedBy: now };
  if (lastButOne === undefined) throw new LegacyError('EMPTY', 'its only bar had not closed when the file was written');
  const period = blockPeriod(span, last);
  periods.set(period, (periods.get(period) as number) - 1);
  if (periods.get(period) === 0) periods.delete(period);
  refused.set('not-closed', (refused.get('not-closed') ?? 0) + 1);
  return { ...found, admitted: found.admitted - 1, last: lastButOne, closedBy: Math.min(now, facts.modified) };
}

/** The two latest times of a file whose batches come in any order. */
class Latest {
  last = Number.NEGATIVE_INFINITY;
  before: number | undefined;

  add(time: Float64Array): void {
    for (const at of time.subarray(-2)) {
      if (at > this.last) {
        if (this.last > Number.NEGATIVE_INFINITY) this.before = this.last;
        this.last = at;
      } else if (at < this.last && (this.before === undefined || at > this.before)) this.before = at;
    }
  }
}

function nextDay(instant: number): number {
  return (Math.floor(instant / 86_400_000) + 1) * 86_400_000;
}

interface Plausible {
  readonly rows: number;
  readonly admitted: number;
  readonly refused: ReadonlyMap<Reason | LeftOut, number>;
}

/** Rows that say so little that their distance proves nothing. */
const FEW = 10;

const FAULTS: Readonly<Record<Reason | LeftOut, string>> = { ...REASONS, cut: 'its line has no end' };

/** A file that is mostly wrong is wrong as a whole: its few good rows are good by accident. */
function assertPlausible({ rows, admitted, refused }: Plausible, timeframe: Timeframe, spacing: number): void {
  if (rows === 0) throw new LegacyError('EMPTY', 'it has no rows');
  const half = (reason: Reason): boolean => 2 * (refused.get(reason) ?? 0) >= rows;
  if (half('outside-range') || half('no-time'))
    throw new LegacyError('TIMES_IMPOSSIBLE', 'its times lie in no year that can be: they count in another unit');
  if (half('off-grid'))
    throw new LegacyError('MISLABELLED', `its times are not those at which bars of ${timeframe} open`);
  const step = stepOf(timeframe);
  if (step !== undefined && admitted >= FEW && spacing >= 2 * step && spacing < Number.POSITIVE_INFINITY)
    throw new LegacyError('MISLABELLED', `its bars are ${spacing / step} times as far apart as bars of ${timeframe}`);
  if (admitted > 0) return;
  const [most] = [...refused].sort(([, a], [, b]) => b - a);
  if (most?.[0] === 'not-closed') throw new LegacyError('EMPTY', 'none of its bars has closed yet');
  throw new LegacyError('UNREADABLE', `none of its rows is a bar: ${most === undefined ? 'unread' : FAULTS[most[0]]}`);
}
