import { formatInstant } from '../../market/instant.js';
import { formatCount, formatMoment } from '../terminal/format.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import { type MigratedFile, type MigratedSeries, reachOf, sumOf } from './migrated.js';

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'LAYOUT', shrinkTo: 8 },
  { title: 'SURE', align: 'right', drop: 5 },
  { title: 'PROVIDER', shrinkTo: 7, drop: 3 },
  { title: 'FILES', align: 'right' },
  { title: 'ROWS', align: 'right' },
  { title: 'FIRST', drop: 1 },
  { title: 'LAST', drop: 2 },
  { title: 'NEW', align: 'right' },
  { title: 'STATE', drop: 4 },
];

const WORDS = { planned: 'to copy', proved: 'proved', already: 'there', failed: 'failed' } as const;

/** A line for each series and each layout of which it has files. */
export function listMigrated(series: readonly MigratedSeries[], terminal: Terminal): string[] {
  const groups = series.flatMap((each) => groupFiles(each.files).map((files) => ({ each, files })));
  const rowOf = (
    { each, files }: (typeof groups)[number],
    count: (value: number) => string,
    moment: (instant: number) => string,
  ): string[] => {
    const [{ source }] = files as [MigratedFile];
    const { first, last } = reachOf(files);
    const sure = Math.min(...files.map((file) => file.source.claim.confidence));
    return [
      each.symbol,
      each.timeframe,
      source.claim.layout,
      `${Math.round(100 * sure)}%`,
      source.claim.provider,
      count(files.length),
      count(sumOf(files, ({ survey }) => survey.admitted)),
      moment(first),
      moment(last),
      count(sumOf(files, ({ added }) => added)),
      [...new Set(files.map(({ state }) => WORDS[state]))].join(', '),
    ];
  };
  const rows = groups.map((group) => rowOf(group, formatCount, formatMoment));
  const plain = groups.map((group) => rowOf(group, String, formatInstant));
  return renderTable(COLUMNS, rows, terminal, plain);
}

function groupFiles(files: readonly MigratedFile[]): MigratedFile[][] {
  const groups = new Map<string, MigratedFile[]>();
  for (const file of files) {
    const key = `${file.source.claim.layout} ${file.source.claim.provider}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
