#!/usr/bin/env node
/**
 * The soak: one cache, many programs at once, everything going wrong, for as long as is asked. What is left afterwards
 * is what the market has, bar by bar. `npm run soak -- --minutes 60 --seed 7`; the same seed makes the same choices,
 * as far as timing lets it. `--few` keeps six series instead of fifteen, for a short one.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { atOnce } from './at-once.js';
import { Clock } from './clock.js';
import { createDice } from './dice.js';
import { judgeFlatness, measureFlatness } from './flatness.js';
import { HurtSeries } from './hurt-series.js';
import { runLane } from './lane.js';
import { openLog } from './log.js';
import { openMarket } from './market.js';
import { startResidents } from './residents.js';
import { runCache } from './run-program.js';
import { listSeries, populateWords, ROUTES } from './series.js';
import { settleAndCompare } from './settle.js';
import { describeSoak } from './summary.js';
import { makeTrouble } from './trouble.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    lanes: { type: 'string', default: '3' },
    few: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const CHECKPOINT_MS = 10 * 60_000;
/** Shorter than this, memory is still warming up: it is shown, and not judged. */
const JUDGED_FROM_MINUTES = 20;

const folder = mkdtempSync(path.join(tmpdir(), 'almanac-soak-'));
const begun = performance.now();
const endAt = begun + minutes * 60_000;
const log = openLog(path.join(folder, 'steps.ndjson'));
const clock = new Clock(folder);
const market = await openMarket(clock);
const settings = { ...(await market.config()), cacheDir: './market', routes: ROUTES };
writeFileSync(path.join(folder, 'almanac.config.json'), JSON.stringify(settings));
const scene = {
  folder,
  cache: path.join(folder, 'market'),
  settings,
  clock,
  market,
  log,
  dice: createDice(seed),
  series: listSeries(clock.now()).filter(({ few }) => few || !values.few),
  brief: minutes < JUDGED_FROM_MINUTES,
  imported: { symbol: 'MADEUP', timeframe: '1h', rows: 4000 },
  busy: new Map(),
  hurt: new HurtSeries(),
  paused: false,
  over: false,
};
mkdirSync(scene.cache);
say(`${minutes} minutes, seed ${seed}, in ${folder}; every step is in ${log.file}`);
log.write('begin', { seed, minutes, now: new Date(clock.now()).toISOString(), node: process.version });

await atOnce(2, scene.series, (each) => runCache(scene, [...populateWords(each), '--quiet']));
say(`the first populate took ${seconds(begun)}`);
const residents = startResidents(scene, scene.brief ? 500 : 5000);
let bars = 0;
let checkpoints = 0;
let lanes = startLanes();
const trouble = makeTrouble(scene);
while (performance.now() < endAt) {
  await pause(Math.min(CHECKPOINT_MS, endAt - performance.now()));
  if (!residents.isAlive()) log.violation('a program that should have stayed has ended');
  if (endAt - performance.now() < CHECKPOINT_MS / 2) continue;
  await checkpoint();
}
scene.over = true;
await Promise.all([...lanes, trouble]);
// Its last round may run into what is not calm yet.
await market.calm();
const { rounds } = await residents.end();
bars += await settleAndCompare(scene, { libraryRows: residents.progress.rows });
const flat = Object.fromEntries(
  Object.entries(residents.samples).map(([name, taken]) => [name, measureFlatness(taken)]),
);
if (!scene.brief) {
  for (const [name, measured] of Object.entries(flat))
    for (const text of judgeFlatness(measured)) log.violation(`${name}: ${text}`);
}
log.write('samples', residents.samples);
const requests = await market.requests();
await market.close();
const left = log.violations.some((text) => /was left|is held/.test(text)) ? 'see above' : 'nothing';
const { progress } = residents;
const took = (performance.now() - begun) / 60_000;
say(describeSoak({ log, seed, minutes: took, bars, checkpoints, requests, flat, progress, rounds, left }).join('\n'));
await log.close();
if (log.violations.length > 0) {
  say(`\n${log.violations.length} violations; the folder is kept: ${folder}`);
  for (const text of log.violations.slice(0, 20)) say(`- ${text}`);
  process.exitCode = 1;
} else {
  say('\nNothing was lost, nothing was wrong.');
  if (!values.keep) rmSync(folder, { recursive: true });
}

function startLanes() {
  return Array.from({ length: Number(values.lanes) }, () => runLane(scene));
}

/** Everybody but the two that stay comes to rest, and the cache is held to the truth. */
async function checkpoint() {
  scene.paused = true;
  await Promise.all(lanes);
  bars += await settleAndCompare(scene);
  checkpoints++;
  log.write('checkpoint', { bars, counts: Object.fromEntries(log.counts), progress: residents.progress });
  say(`after ${seconds(begun)}: ${bars} bars compared, ${log.violations.length} violations`);
  scene.paused = false;
  lanes = startLanes();
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(0)} s`;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
