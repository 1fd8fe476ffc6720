import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeCsv } from './made-up-rows.js';
import { writeDay } from './series.js';

const DAY = 86_400_000;
/** Done, and partly done: what a market that misbehaves may leave. 1: everybody who was asked failed. */
const FETCHING = [0, 1, 4, 5];
/** Of a command whose words are right: none of the series it names is there at present. */
const ABSENT = 2;
const ACTING = [0, 1, 3, 4, 5];

const namesOf = (list) => [...new Set(list)].join(',');
/** A few symbols, and every series of theirs. */
function chooseSymbols({ dice, series }) {
  const symbols = dice.some(series.map(({ symbol }) => symbol)).slice(0, 1 + dice.below(4));
  return { symbols: namesOf(symbols), series: series.filter(({ symbol }) => symbols.includes(symbol)) };
}

/** A few series that fit into one line: symbols × intervals. */
function pickDemand(scene) {
  const one = scene.dice.pick(scene.series);
  const alike = scene.series.filter(({ timeframe }) => timeframe === one.timeframe);
  const chosen = scene.dice.some(alike);
  return { chosen, symbols: namesOf(chosen.map(({ symbol }) => symbol)), intervals: one.timeframe };
}

function populate(scene) {
  const { dice, clock } = scene;
  const { chosen, symbols, intervals } = pickDemand(scene);
  const earliest = Math.max(...chosen.map(({ start }) => start));
  const start = dice.chance(0.5) ? earliest : dice.between(earliest, clock.now() - DAY);
  const words = ['populate', '--symbols', symbols, '--intervals', intervals, '--start-date', writeDay(start)];
  if (dice.chance(0.15)) words.push('--no-archive');
  if (dice.chance(0.1)) words.push('--force');
  return { words, series: chosen, exits: FETCHING, writes: true };
}

function update(scene) {
  const { symbols, series } = chooseSymbols(scene);
  return { words: ['update', '--symbols', symbols], series, exits: FETCHING, writes: true };
}

/** A service for some seconds, stopped as services are. */
function updateEvery(scene) {
  const { symbols, series } = chooseSymbols(scene);
  const words = ['update', '--every', '1m', '--symbols', symbols];
  const signal = scene.dice.pick(['SIGTERM', 'SIGINT']);
  return {
    words,
    series,
    exits: [0, ABSENT],
    writes: true,
    lines: true,
    stop: { signal, after: scene.dice.between(3000, 12_000) },
  };
}

function validate(scene) {
  const words = ['validate-gaps', ...(scene.dice.chance(0.3) ? ['--deep'] : [])];
  if (scene.dice.chance(0.7)) words.push('--symbols', chooseSymbols(scene).symbols);
  // 4: some of those named are not there at present.
  return { words, exits: ACTING };
}

/** Only where a soak says so: bars of another venue are not what the others are compared with. */
function fill(scene) {
  const series = scene.series.filter(({ filled }) => filled);
  const words = ['fill-gaps', '--symbols', namesOf(series.map(({ symbol }) => symbol))];
  if (scene.dice.chance(0.5)) words.push('--max-gap-hours', String(6 + scene.dice.below(100)));
  if (scene.dice.chance(0.3)) words.push('--revalidate');
  return { words, series, exits: ACTING, writes: true };
}

function cleanup({ dice }) {
  const mode = dice.pick(['--validate-only', '--cleanup', '--validate-and-cleanup', '--validate-and-cleanup']);
  // --cleanup alone wants a report to act on, and there may be none yet.
  return { words: ['cleanup', mode], exits: [...ACTING, 2], codes: ['USAGE'], writes: true };
}

function restore({ dice, cache }) {
  const home = path.join(cache, '_almanac', 'quarantine');
  const ids = existsSync(home) ? readdirSync(home).filter((name) => /^\d{8}T/.test(name)) : [];
  if (ids.length === 0) return undefined;
  const id = dice.pick(ids);
  // What comes back may be damaged; what came back already is a mistake of whoever types it again.
  const hurts = { name: readOrigin(path.join(home, id)) };
  return {
    words: ['restore', id, '--force'],
    series: [hurts],
    exits: [0, 1, 2, 4, 5],
    codes: ['USAGE'],
    writes: true,
    hurts,
  };
}

function readOrigin(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')).from.replace('/', ' ');
  } catch {
    // Somebody who is at work on it has not written it yet.
    return 'unknown';
  }
}

function prune(scene) {
  const { symbols, intervals, chosen } = pickDemand(scene);
  const keep = `${20 + scene.dice.below(300)}d`;
  const words = ['prune', '--symbols', symbols, '--intervals', intervals, '--keep-last', keep, '--yes'];
  return { words, series: chosen, exits: [0, 1, 4, 5], writes: true };
}

function remove({ dice, series }) {
  const one = dice.pick(series);
  return { words: ['remove', one.symbol, one.timeframe, '--yes'], series: [one], exits: [0, 1, 5], writes: true };
}

function importFile(scene) {
  const file = path.join(scene.folder, `rows-${randomUUID()}.csv`);
  const rows = scene.dice.below(scene.imported.rows);
  writeCsv(file, rows);
  return {
    words: ['import', file, scene.imported.symbol, scene.imported.timeframe],
    exits: [0, 1, 5],
    writes: true,
    file,
  };
}

function get({ dice, series, clock }) {
  const one = dice.pick(series);
  const start = dice.between(one.start, clock.now() - DAY);
  const words = ['get', one.symbol, one.timeframe, '--start-date', writeDay(start)];
  return { words, series: [one], exits: [0, 1, ABSENT], rowsOf: one };
}

const look = ({ dice, series }) => {
  const one = dice.pick(series);
  return { words: dice.pick([['list'], ['stats'], ['info', one.symbol, one.timeframe]]), exits: [0, 1] };
};

const MAKE = {
  populate,
  update,
  'update --every': updateEvery,
  'validate-gaps': validate,
  'fill-gaps': fill,
  cleanup,
  restore,
  prune,
  remove,
  import: importFile,
  get,
  look,
};
const WEIGHTS = {
  populate: 24,
  update: 12,
  'update --every': 4,
  'validate-gaps': 6,
  'fill-gaps': 5,
  cleanup: 7,
  restore: 3,
  prune: 4,
  remove: 3,
  import: 5,
  get: 14,
  look: 4,
};

/** What is typed next. */
export function chooseCommand(scene) {
  for (;;) {
    const kind = scene.dice.weighed(WEIGHTS);
    const command = MAKE[kind](scene);
    if (command !== undefined) return { kind, ...command };
  }
}
