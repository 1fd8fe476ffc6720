import { formatInstant } from '../../market/instant.js';
import { formatBytes, formatCount, formatMoment } from '../terminal/format.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Leaving } from './leaving.js';

const WHOLE: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 10 },
  { title: 'INTERVAL' },
  { title: 'FROM', drop: 1 },
  { title: 'UP TO' },
  { title: 'ROWS', align: 'right' },
  { title: 'SIZE', align: 'right' },
];
const PART: readonly Column[] = [...WHOLE, { title: 'ROWS LEFT', align: 'right', drop: 2 }];
const UNKNOWN = '?';

/** One line a series: exactly what goes, and of a part what stays. */
export function renderLeaving(all: readonly Leaving[], part: boolean, terminal: Terminal): string[] {
  const seen = all.map((each) => [
    each.symbol,
    each.timeframe,
    each.from === undefined ? UNKNOWN : formatMoment(each.from),
    each.to === undefined ? UNKNOWN : formatMoment(each.to),
    each.rows === undefined ? UNKNOWN : formatCount(each.rows),
    formatBytes(each.bytes),
    ...(part ? [each.keeps === undefined ? UNKNOWN : formatCount(each.keeps)] : []),
  ]);
  const plain = all.map((each) => [
    each.symbol,
    each.timeframe,
    each.from === undefined ? '' : formatInstant(each.from),
    each.to === undefined ? '' : formatInstant(each.to),
    `${each.rows ?? ''}`,
    `${each.bytes}`,
    ...(part ? [`${each.keeps ?? ''}`] : []),
  ]);
  return renderTable(part ? PART : WHOLE, seen, terminal, plain);
}

/** `2 series, 1,440 rows, 60 kB`. */
export function describeLeaving(all: readonly Leaving[]): string {
  const rows = all.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each.rows === undefined ? undefined : sum + each.rows),
    0,
  );
  const bytes = all.reduce((sum, each) => sum + each.bytes, 0);
  return `${formatCount(all.length)} series, ${rows === undefined ? '' : `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}, `}${formatBytes(bytes)}`;
}
