import type { Bars } from '../../market/bars.js';
import { formatInstant } from '../../market/instant.js';
import { headerText, writeText } from '../../store/codec/write-text.js';
import type { ReadOptions, Series } from '../../store/face.js';

export const EXPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Rows written together: enough to be fast, few enough for any pipe and any memory. */
const ROWS = 4096;

interface Chosen {
  /** Value columns, in the order asked for; the time stamp always comes first. */
  readonly columns: readonly string[];
  readonly read: ReadOptions;
  readonly signal?: AbortSignal | undefined;
  readonly onRows?: (rows: number) => void;
}

/** A series as text, a piece at a time: the year-file's own form, or JSON. */
export async function* exportBars(
  series: Series,
  format: ExportFormat,
  chosen: Chosen,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'csv') yield headerText(chosen.columns);
  if (format === 'json') yield '[';
  let first = true;
  for await (const bars of pieces(series, chosen)) {
    if (format === 'csv') yield writeText(bars);
    else yield rowsText(bars, format, first);
    first = false;
  }
  if (format === 'json') yield first ? ']\n' : '\n]\n';
}

/**
 * One JSON document: what the rows are, then the rows as lists in the order of `columns`. Where reading ends early it is
 * a document all the same, and says why in `error`: what was sent cannot be taken back.
 */
export async function* exportDocument(
  series: Series,
  chosen: Chosen,
  describe: (error: unknown) => Readonly<Record<string, unknown>>,
): AsyncGenerator<string> {
  const { symbol, timeframe } = series;
  const columns = ['timestamp', ...chosen.columns];
  const head = JSON.stringify({ schemaVersion: 1, symbol, interval: timeframe, columns });
  yield `${head.slice(0, -1)},"rows":[`;
  let rows = 0;
  try {
    for await (const bars of pieces(series, chosen)) {
      const lines = Array.from(bars.time, (_, row) => JSON.stringify([timeAt(bars, row), ...cellsAt(bars, row)]));
      yield `${rows === 0 ? '' : ','}\n${lines.join(',\n')}`;
      rows += bars.time.length;
    }
  } catch (error) {
    yield `\n],"count":${rows},"error":${JSON.stringify(describe(error))}}\n`;
    throw error;
  }
  yield `\n],"count":${rows}}\n`;
}

async function* pieces(series: Series, { columns, read, signal, onRows }: Chosen): AsyncGenerator<Bars> {
  for await (const bars of series.batches({ ...read, columns })) {
    onRows?.(bars.time.length);
    for (let from = 0; from < bars.time.length; from += ROWS) {
      signal?.throwIfAborted();
      const to = Math.min(from + ROWS, bars.time.length);
      yield {
        time: bars.time.subarray(from, to),
        columns: bars.columns,
        values: bars.values.map((value) => value.subarray(from, to)),
      };
    }
  }
}

function rowsText(bars: Bars, format: 'json' | 'ndjson', first: boolean): string {
  const lines = Array.from(bars.time, (_, row) => {
    const cells = cellsAt(bars, row).map((value, c) => [bars.columns[c], value]);
    return JSON.stringify({ timestamp: timeAt(bars, row), ...Object.fromEntries(cells) });
  });
  if (format === 'ndjson') return `${lines.join('\n')}\n`;
  return `${first ? '\n' : ',\n'}${lines.join(',\n')}`;
}

function timeAt(bars: Bars, row: number): string {
  return formatInstant(bars.time[row] as number);
}

function cellsAt(bars: Bars, row: number): (number | null)[] {
  return bars.values.map((value) => (Number.isNaN(value[row]) ? null : (value[row] as number)));
}
