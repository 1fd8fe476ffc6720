import type { Expectation } from '../../market/expected.js';
import { expectedOpens } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import { closeOf } from '../../market/timeframe.js';
import type { Choice } from '../../sources/route.js';
import type { Hole } from '../coverage/coverage.js';
import type { Alternates } from './find-alternates.js';

/** What came of asking one provider for one hole. */
export interface Verdict {
  readonly kind: 'added' | 'empty' | 'refused' | 'out-of-reach' | 'throttled' | 'failed';
  readonly provider: string;
  readonly reason: string;
  readonly until?: number | undefined;
  /** Refused for its bars, which two sources side by side would show. */
  readonly compared?: true;
  /** The first instant it could speak of. */
  readonly from?: number;
}

/** One hole while it is worked on. */
export class HoleWork implements Hole {
  readonly start: number;
  readonly end: number;
  readonly bars: number;
  /** Opens of the bars that are still missing. */
  opens: Float64Array;
  /** Who is still to be asked. */
  readonly queue: Choice[];
  readonly unable: Alternates['unable'];
  readonly verdicts: Verdict[] = [];
  /** Of these all who could be asked had nothing. */
  explained: readonly Range[] = [];
  rowsAdded = 0;
  requests = 0;

  constructor(
    hole: Hole,
    private readonly expectation: Expectation,
    { choices, unable }: Alternates,
    /** Whose bars lie beside it. */
    readonly besides: readonly string[],
  ) {
    this.start = hole.start;
    this.end = hole.end;
    this.bars = hole.bars;
    this.opens = expectedOpens(expectation, hole);
    this.queue = [...choices];
    this.unable = unable;
  }

  get isOpen(): boolean {
    return this.opens.length > 0 && this.queue.length > 0;
  }

  /** What is still missing, as few ranges as possible. */
  rest(): Range[] {
    const ranges: { start: number; end: number }[] = [];
    const { timeframe } = this.expectation;
    for (const open of this.opens) {
      const last = ranges.at(-1);
      if (last !== undefined && last.end === open) last.end = closeOf(timeframe, open);
      else ranges.push({ start: open, end: closeOf(timeframe, open) });
    }
    return ranges;
  }

  take(added: ReadonlySet<number>): void {
    const before = this.opens.length;
    this.opens = this.opens.filter((open) => !added.has(open));
    this.rowsAdded += before - this.opens.length;
  }
}
