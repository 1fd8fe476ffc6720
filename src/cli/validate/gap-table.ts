import { formatCount, formatMoment } from '../terminal/format.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import type { JudgedGap, JudgedSeries } from './judged-series.js';

const MOST = 12;

const SEEN: readonly Column[] = [
  { title: 'SERIES', shrinkTo: 10 },
  { title: 'START' },
  { title: 'END', drop: 1 },
  { title: 'BARS', align: 'right' },
  { title: 'HOURS', align: 'right', drop: 2 },
  { title: 'WHY', shrinkTo: 9, wrap: true },
];

const PLAIN: readonly Column[] = ['SYMBOL', 'INTERVAL', 'START', 'END', 'BARS', 'HOURS', 'KIND', 'WHY'].map(
  (title) => ({ title }),
);

interface Row extends JudgedGap {
  readonly symbol: string;
  readonly interval: string;
}

/** For a person the worst gaps first and not all of them; for a program every one, in the order of the report. */
export function renderGaps(series: readonly JudgedSeries[], terminal: Pick<Terminal, 'live' | 'width'>): string[] {
  const rows = series.flatMap(({ symbol, interval, years }) =>
    years.flatMap(({ gaps }) => gaps.map((gap): Row => ({ ...gap, symbol, interval }))),
  );
  if (!terminal.live) {
    const plain = rows.map(({ symbol, interval, start, end, bars, hours, kind, reason = '' }) => [
      ...[symbol, interval, start, end, `${bars}`, `${hours}`, kind, reason],
    ]);
    return renderTable(PLAIN, plain, terminal);
  }
  if (rows.length === 0) return [];
  const worst = rows.sort((a, b) => rank(a) - rank(b) || b.hours - a.hours);
  const shown = worst.slice(0, MOST).map((row) => [
    `${row.symbol} ${row.interval}`,
    formatMoment(Date.parse(row.start)),
    formatMoment(Date.parse(row.end)),
    // Of ticks nobody knows how many there should be.
    row.interval === 'ticks' ? '' : formatCount(row.bars),
    formatHours(row.hours),
    row.reason === undefined ? row.kind : row.kind === 'damaged' ? row.reason : `${row.kind}: ${row.reason}`,
  ]);
  return [...renderTable(SEEN, shown, terminal), ...describeRest(worst.slice(MOST))];
}

function rank({ kind }: JudgedGap): number {
  return kind === 'damaged' ? 0 : kind === 'missing' ? 1 : 2;
}

function formatHours(hours: number): string {
  if (hours < 1) return hours.toFixed(2);
  const [whole, rest = ''] = String(Math.round(hours * 10) / 10).split('.');
  return `${formatCount(Number(whole))}${rest === '' ? '' : `.${rest}`}`;
}

function describeRest(rest: readonly Row[]): string[] {
  if (rest.length === 0) return [];
  const explained = rest.filter(({ kind }) => kind === 'explained').length;
  return [
    `… and ${formatCount(rest.length)} more${explained === 0 ? '' : `, ${formatCount(explained)} of them explained`}`,
  ];
}
