import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openStore } from '../dist/index.js';
import { madeUpBars } from './made-up-bars.js';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const YEAR = { start: Date.UTC(2023, 0, 1), end: Date.UTC(2024, 0, 1) };
export const SYMBOL = 'MADEUP';
export const MADE_UP = { provider: 'made-up', via: 'import', fetchedAt: '2024-01-01T00:00:00Z', derived: false };

/** A temporary folder with a store that holds the year, and the same year as bare text for gzip to chew on. */
export async function prepare(quick) {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const bars = madeUpBars(YEAR.start, YEAR.end, MINUTE);
  const cache = join(folder, 'cache');
  await openStore(cache).series(SYMBOL, '1m').put(bars, MADE_UP);
  const file = join(cache, SYMBOL, '1m', '2023.csv.gz');
  const text = gunzipSync(await readFile(file));
  const textFile = join(folder, '2023.csv');
  await writeFile(textFile, text);
  return {
    folder,
    cache,
    bars,
    file,
    textFile,
    textBytes: text.length,
    fileBytes: (await stat(file)).size,
    rounds: quick ? 3 : 11,
    slowRounds: quick ? 1 : 3,
  };
}

/** `folder` is always the one `prepare` made. */
export function cleanUp({ folder }) {
  return rm(folder, { recursive: true, force: true });
}

/** Rows [from, to) as copies of their own. */
export function rowsBetween(bars, start, end) {
  const from = bars.time.findIndex((time) => time >= start);
  const after = bars.time.findIndex((time) => time >= end);
  const to = after < 0 ? bars.time.length : after;
  return {
    time: bars.time.slice(from, to),
    columns: bars.columns,
    values: bars.values.map((value) => value.slice(from, to)),
  };
}
