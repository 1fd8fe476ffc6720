import { openStore } from '../../dist/index.js';
import { rowAt } from './made-up-rows.js';

const PRICES = ['open', 'high', 'low', 'close'];

/**
 * Every bar of a series in the soak's cache: the market's own where that is known, and the calm cache's. All that
 * closed by `now` are there; the service that stays may have brought later ones since, and those have closed too.
 */
export async function compareSeries({ cache, market, clock }, calm, series, now) {
  const { symbol, timeframe, start, length, name, truth } = series;
  const mine = byColumn(await openStore(cache).series(symbol, timeframe).read());
  const wrong = [];
  const wanted = (time) => time >= start && time + length <= now;
  if (truth) {
    const read = clock.now();
    const all = await market.truth(symbol, timeframe, Math.min(start, mine.time[0] ?? start), read);
    const theirs = { ...all, time: all.time.filter((time) => time + length <= read) };
    wrong.push(...differences(`${name}, market`, mine, theirs, wanted));
  }
  if (calm !== undefined) {
    const theirs = byColumn(await openStore(calm).series(symbol, timeframe).read());
    wrong.push(...differences(`${name}, calm cache`, mine, theirs, wanted));
  }
  return { bars: mine.time.length, wrong };
}

/** All that is wanted, and of the rest none that is not theirs too, but for what is older than anybody asked for. */
function differences(what, mine, theirs, wanted) {
  const at = new Map([...theirs.time].map((time, i) => [time, i]));
  const first = theirs.time[0];
  const wrong = [];
  for (const [i, time] of mine.time.entries()) {
    const j = at.get(time);
    if (j === undefined && time < first) continue;
    if (j === undefined) wrong.push(`${iso(time)} is in no truth`);
    else if (PRICES.some((name) => mine[name][i] !== theirs[name][j])) wrong.push(`${iso(time)} has other prices`);
  }
  const there = new Set(mine.time);
  for (const time of theirs.time) if (wanted(time) && !there.has(time)) wrong.push(`${iso(time)} is lost`);
  return wrong.length === 0 ? [] : [`${what}: ${wrong.length} differences: ${wrong.slice(0, 4).join('; ')}`];
}

/** Rows of our own making, from the first to the last. */
export async function compareMadeUp(cache, symbol, timeframe, rows, step) {
  const bars = byColumn(await openStore(cache).series(symbol, timeframe).read());
  const wrong = [];
  if (bars.time.length !== rows) wrong.push(`${symbol} ${timeframe}: ${bars.time.length} rows of ${rows}`);
  for (const [i, time] of bars.time.entries()) {
    const { time: when, ...values } = rowAt(i, step);
    if (time === when && Object.keys(values).every((name) => bars[name][i] === values[name])) continue;
    wrong.push(`${symbol} ${timeframe}: row ${i} (${iso(time)}) is not what was put in`);
    break;
  }
  return { bars: bars.time.length, wrong };
}

const byColumn = ({ time, columns, values }) => ({
  time,
  ...Object.fromEntries(columns.map((name, c) => [name, values[c]])),
});
const iso = (time) => new Date(time).toISOString();
