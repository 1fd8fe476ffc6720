import { formatCount, formatMoment } from '../terminal/format.js';
import { formatElapsed } from '../terminal/format-elapsed.js';
import { createPaint, type Paint } from '../terminal/paint.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import type { FilledGap, FillResult } from './fill-document.js';

/** Worst first: what broke, what was refused, what time or money would mend; then what is done. */
const ORDER = ['failed', 'refused', 'throttled', 'out-of-reach', 'partly', 'explained', 'filled'];

const COLUMNS: readonly Column[] = [
  { title: 'OUTCOME' },
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'START' },
  { title: 'END', drop: 2 },
  { title: 'BARS', align: 'right' },
  { title: 'ADDED', align: 'right' },
  { title: 'PROVIDER', shrinkTo: 9, drop: 1 },
];
const PLAIN: readonly Column[] = [...COLUMNS, { title: 'REASON' }];

/** A line for each gap. A program gets the reasons too; a person reads them below, each once. */
export function describeGaps(gaps: readonly FilledGap[], terminal: Terminal): string[] {
  if (gaps.length === 0) return [];
  const sorted = [...gaps].sort((a, b) => rank(a) - rank(b) || b.bars - a.bars || a.start - b.start);
  const rows = sorted.map((gap) => [
    gap.outcome,
    gap.symbol,
    gap.timeframe,
    formatMoment(gap.start),
    formatMoment(gap.end),
    formatCount(gap.bars),
    gap.rowsAdded === 0 ? '' : formatCount(gap.rowsAdded),
    gap.provider ?? '',
  ]);
  if (!terminal.live)
    return renderTable(
      PLAIN,
      rows.map((row, i) => [...row, (sorted[i] as FilledGap).reason]),
      terminal,
    );
  const paint = createPaint(terminal.colour);
  return renderTable(COLUMNS, rows, terminal).map((line, i) => {
    const gap = sorted[i - 1];
    return gap === undefined ? paint.dim(line) : colourOf(gap, paint)(line);
  });
}

function rank({ outcome }: FilledGap): number {
  return ORDER.indexOf(outcome);
}

function colourOf({ outcome }: FilledGap, paint: Paint): (text: string) => string {
  if (outcome === 'failed' || outcome === 'refused') return paint.red;
  if (outcome === 'filled') return (text) => text;
  return outcome === 'explained' ? paint.cyan : paint.yellow;
}

/** `3 gaps filled, 1 explained, 2 refused · 36 bars added · 4 requests · 2.1 s` */
export function describeFillTotals(
  { gaps, beyondLimit }: FillResult,
  limit: number | undefined,
  seconds: number,
): string {
  const counts = [...ORDER].reverse().flatMap((outcome) => {
    const count = gaps.filter((gap) => gap.outcome === outcome).length;
    return count === 0 ? [] : [`${formatCount(count)} ${outcome.replaceAll('-', ' ')}`];
  });
  const sum = (of: (gap: FilledGap) => number): number => gaps.reduce((total, gap) => total + of(gap), 0);
  const [added, requests] = [sum((gap) => gap.rowsAdded), sum((gap) => gap.requests)];
  const what = gaps.length === 0 ? 'no gap to fill' : `of ${formatCount(gaps.length)} gaps ${counts.join(', ')}`;
  const longer = beyondLimit === 0 || limit === undefined ? [] : [`${describeLonger(beyondLimit, limit)} left`];
  const parts = [
    gaps.length === 1 ? `1 gap: ${counts[0]?.slice(2)}` : what,
    ...(added === 0 ? [] : [`${formatCount(added)} ${added === 1 ? 'bar' : 'bars'} added`]),
    requests === 0 ? 'nothing was asked' : `${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}`,
    ...longer,
    formatElapsed(seconds),
  ];
  return parts.join(' · ');
}

export function describeLonger(count: number, hours: number): string {
  return `${formatCount(count)} ${count === 1 ? 'gap' : 'gaps'} longer than ${hours} h`;
}

/** Why gaps are still open: the same reason once, with how many it kept open. */
export function describeOpenGaps(gaps: readonly FilledGap[]): string[] {
  const open = gaps.filter(({ outcome }) => outcome !== 'filled' && outcome !== 'explained');
  const groups = new Map<string, FilledGap[]>();
  for (const gap of open) {
    const key = `${gap.symbol} ${gap.timeframe}\t${gap.outcome}\t${gap.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  return [...groups.values()]
    .sort((a, b) => rank(a[0] as FilledGap) - rank(b[0] as FilledGap))
    .map((group) => {
      const { symbol, timeframe, start, outcome, reason } = group[0] as FilledGap;
      const more = group.length === 1 ? '' : ` and ${group.length - 1} more`;
      return `${symbol} ${timeframe} ${formatMoment(start)}${more}: ${outcome.replaceAll('-', ' ')}, ${reason}`;
    });
}
