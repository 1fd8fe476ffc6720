import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { atOnce } from './at-once.js';
import { compareMadeUp, compareSeries } from './compare.js';
import { writeCsv } from './made-up-rows.js';
import { LIBRARY_SYMBOL } from './residents.js';
import { runCache } from './run-program.js';
import { populateWords } from './series.js';
import { findLeftovers } from './tidiness.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Everything calm, a day later, for quotas and bans end by the day: mended, fetched, and held to the truth. */
export async function settleAndCompare(scene, { libraryRows } = {}) {
  const { clock, market, log, series } = scene;
  await market.calm();
  await clock.step(DAY + HOUR);
  clock.lagBehind(0);
  const now = Math.floor(clock.now() / 1000) * 1000;
  const last = libraryRows !== undefined;
  await must(scene, ['cleanup', '--validate-and-cleanup'], now);
  await atOnce(2, series, (each) => must(scene, [...populateWords(each), ...(each.filled ? ['--force'] : [])], now));
  const calm = last ? await fetchCalm(scene, now) : undefined;
  let bars = 0;
  for (const each of series) {
    const compared = await compareSeries(scene, calm?.cache, each, now);
    bars += compared.bars;
    for (const text of compared.wrong) log.violation(text);
  }
  if (last) {
    const file = path.join(scene.folder, 'all-rows.csv');
    const { symbol, timeframe, rows } = scene.imported;
    writeCsv(file, rows - 1);
    await must(scene, ['import', file, symbol, timeframe], now);
    const own = [
      [symbol, timeframe, rows, HOUR],
      [LIBRARY_SYMBOL, '1m', libraryRows, MINUTE],
    ];
    for (const [name, step, count, ms] of own) {
      const compared = await compareMadeUp(scene.cache, name, step, count, ms);
      bars += compared.bars;
      for (const text of compared.wrong) log.violation(text);
    }
    await must(scene, ['cleanup'], now);
    for (const text of findLeftovers(scene.cache)) log.violation(text);
  }
  scene.hurt.mend(performance.now());
  log.write('compared', { bars, last });
  return bars;
}

/** Ends with 0 and nothing else: there is nothing in the way any more. */
async function must(scene, words, now, folder = scene.folder) {
  const env = { ALMANAC_NOW: new Date(now).toISOString() };
  const run = await runCache({ ...scene, folder }, [...words, '--json'], env);
  scene.log.write('settling', { words: words.join(' '), exit: run.exit, seconds: run.seconds });
  if (run.exit === 0) return;
  scene.log.violation(`in peace, cache ${words.join(' ')} ended with ${run.exit ?? run.signal}`, {
    stdout: run.stdout.slice(-4000),
    stderr: run.stderr.slice(-2000),
  });
}

/** The same commands in a folder where nothing ever went wrong. */
async function fetchCalm(scene, now) {
  const folder = path.join(scene.folder, 'calm');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'almanac.config.json'), JSON.stringify(scene.settings));
  await atOnce(2, scene.series, (each) => must(scene, populateWords(each), now, folder));
  return { cache: path.join(folder, 'market') };
}
