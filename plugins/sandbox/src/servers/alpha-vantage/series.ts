import type { WireReply } from '../serve-http.js';
import { nothing } from './notices.js';

/** One reply's rows before they are written as JSON or CSV. */
export interface Series {
  /** In their order; the numbers before the names are given when written. */
  readonly meta: readonly (readonly [name: string, value: string])[];
  readonly title: string;
  readonly columns: readonly string[];
  /** Newest first. */
  readonly rows: readonly SeriesRow[];
  /** The name under which a CSV would be saved. */
  readonly file: string;
}

export interface SeriesRow {
  readonly label: string;
  readonly values: readonly string[];
}

const CRLF = '\r\n';

export function writeSeries(series: Series, datatype: string | null): WireReply {
  if (series.rows.length === 0) return nothing();
  return datatype === 'csv' ? writeCsv(series) : writeJson(series);
}

function writeJson({ meta, title, columns, rows }: Series): WireReply {
  const number = ([name, value]: readonly [string, string], at: number) => [`${at + 1}. ${name}`, value] as const;
  const body = {
    'Meta Data': Object.fromEntries(meta.map(number)),
    [title]: Object.fromEntries(
      rows.map(({ label, values }) => [
        label,
        Object.fromEntries(columns.map((column, at) => number([column, values[at] as string], at))),
      ]),
    ),
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body, null, 4) };
}

function writeCsv({ columns, rows, file }: Series): WireReply {
  const header = ['timestamp', ...columns.map((column) => column.replaceAll(' ', '_'))].join(',');
  const lines = rows.map(({ label, values }) => [label, ...values].join(','));
  const headers = {
    'content-type': 'application/x-download',
    'content-disposition': `attachment; filename=${file}.csv`,
  };
  return { status: 200, headers, body: [header, ...lines, ''].join(CRLF) };
}
