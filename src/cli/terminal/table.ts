import type { Terminal } from './terminal.js';
import { cellWidth, cleanText, cutCells, foldCells, padCells } from './text.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be shortened down to this many cells when the terminal is narrow; without it the column is never cut. */
  readonly shrinkTo?: number;
  /** What does not fit goes on below, in the same column, instead of being cut: for sentences. */
  readonly wrap?: boolean;
  /** The higher, the sooner the column is left out when even shortening does not help; without it never. */
  readonly drop?: number;
}

const GAP = '  ';

/**
 * Lines of a table: aligned and fitted to the width for a person, tab-separated and whole for a program.
 * `rows` hold what a person sees; `plain` what a program gets, the same cells in their exact form.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  terminal: Pick<Terminal, 'live' | 'width'>,
  plain: readonly (readonly string[])[] = rows,
): string[] {
  const titles = columns.map((column) => column.title);
  if (!terminal.live) return [titles, ...plain].map((row) => row.map(cleanText).join('\t'));
  const cells = [titles, ...rows].map((row) => row.map(cleanText));
  const widths = fitWidths(columns, cells, terminal.width);
  return cells.map((row) => renderRow(columns, row, widths));
}

/** One text for each row, so that whoever colours rows finds them again, however many lines they take. */
function renderRow(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string {
  const shown = columns.flatMap(({ align, wrap }, i) => {
    const [cell, width] = [row[i] as string, widths[i] as number];
    if (width === 0) return [];
    return [{ lines: wrap ? foldCells(cell, width) : [cutCells(cell, width)], width, align }];
  });
  const height = Math.max(1, ...shown.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    shown
      .map(({ lines, width, align }) => padCells(lines[line] ?? '', width, align))
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}

/** A width for every column, 0 for one that is left out. */
function fitWidths(columns: readonly Column[], cells: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((_, i) => cells.reduce((most, row) => Math.max(most, cellWidth(row[i] as string)), 1));
  const excess = () => {
    const kept = widths.filter((each) => each > 0);
    return kept.reduce((sum, each) => sum + each, GAP.length * (kept.length - 1)) - width;
  };
  for (let left = excess(); left > 0; left = excess()) {
    const slack = (i: number) => (widths[i] as number) - (columns[i]?.shrinkTo ?? Number.POSITIVE_INFINITY);
    const widest = columns.map((_, i) => i).reduce((best, i) => (slack(i) > slack(best) ? i : best), 0);
    if (slack(widest) > 0) {
      widths[widest] = (widths[widest] as number) - Math.min(left, slack(widest));
      continue;
    }
    const droppable = columns.map((column, i) => ((widths[i] as number) > 0 ? (column.drop ?? 0) : 0));
    const first = droppable.indexOf(Math.max(...droppable));
    if ((droppable[first] as number) === 0) break;
    widths[first] = 0;
  }
  return widths;
}
