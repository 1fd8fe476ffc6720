import { writeFileSync } from 'node:fs';

const HOUR = 3_600_000;
const FIRST = Date.UTC(2026, 0, 1);

/** Rows that anybody can recompute, so that a false one is known when it is seen. */
export function rowAt(index, step = HOUR) {
  const close = 100 + ((index * 37) % 1000) / 100;
  return { time: FIRST + index * step, open: close, high: close + 1, low: close - 1, close, volume: index % 97 };
}

export function writeCsv(file, rows) {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let index = 0; index <= rows; index++) {
    const { time, ...values } = rowAt(index);
    lines.push([new Date(time).toISOString(), ...Object.values(values)].join(','));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** Rows `from` to `to` as columns. */
export function columnsOf(from, to, step) {
  const rows = Array.from({ length: to - from }, (_, i) => rowAt(from + i, step));
  const columns = ['open', 'high', 'low', 'close', 'volume'];
  return {
    time: Float64Array.from(rows, ({ time }) => time),
    columns,
    values: columns.map((name) => Float64Array.from(rows, (row) => row[name])),
  };
}
