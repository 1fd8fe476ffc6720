import { availableParallelism, cpus, totalmem } from 'node:os';
import { measureAppendDay } from './groups/append-day.js';
import { measureListSeries } from './groups/list-series.js';
import { measurePopulate } from './groups/populate.js';
import { measurePopulateTicks } from './groups/populate-ticks.js';
import { measureReadMonth } from './groups/read-month.js';
import { measureReadYear } from './groups/read-year.js';
import { measureReplaceMonth } from './groups/replace-month.js';
import { measureStartUp } from './groups/start-up.js';
import { measureValidate } from './groups/validate.js';
import { measureWriteYear } from './groups/write-year.js';
import { cleanUp, prepare } from './setting.js';
import { atLeast, atMost, drawAims, drawGroup } from './table.js';
import { writePage } from './write-page.js';

const GROUPS = [
  measureReadYear,
  measureReadMonth,
  measureAppendDay,
  measureReplaceMonth,
  measureWriteYear,
  measureListSeries,
  measureValidate,
  measureStartUp,
  measurePopulate,
];
/** It takes minutes, so it is asked for: `npm run bench -- --ticks`. */
const LONG = process.argv.includes('--ticks') ? [measurePopulateTicks] : [];

/** `npm run bench -- --only populate`: the groups whose name has that word. */
const only = process.argv[process.argv.indexOf('--only') + 1 || process.argv.length]?.toLowerCase();
const asked = [...GROUPS, ...LONG].filter(({ name }) => only === undefined || name.toLowerCase().includes(only));

const printed = [];
const print = (text) => {
  printed.push(text);
  process.stdout.write(`${text}\n`);
};
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

const quick = process.argv.includes('--quick');
/** `npm run bench -- --write`: the whole table goes into docs/PERFORMANCE.md, a part or a quick one never does. */
const write = process.argv.includes('--write');
if (write && (quick || only !== undefined)) throw new Error('--write wants the whole bench: no --only, no --quick');
const setting = await prepare(quick);
const figures = {};
try {
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB`;
  print(`${cpus()[0].model.trim()}, ${availableParallelism()} cores, ${memory} · Node ${process.version}`);
  print(
    `A made-up year of 1m bars: 525,600 rows, ${megabytes(setting.textBytes)} of text, ${megabytes(setting.fileBytes)} of gzip.`,
  );
  print(
    `Medians of ${setting.rounds} warm runs (${setting.slowRounds} where one takes seconds); × is against the first line.`,
  );
  for (const measure of asked) {
    const group = await measure(setting);
    Object.assign(figures, group.figures);
    print(drawGroup(group));
  }
  print(drawAims(aimsOf(figures)));
  if (write) writePage([`${new Date().toISOString().slice(0, 10)} · ${printed[0]}`, ...printed.slice(1)]);
} finally {
  await cleanUp(setting);
}

/** What the store promises itself; a miss is shown, never hidden. */
function aimsOf(f) {
  const over = (a, b) => (a === undefined || b === undefined ? undefined : a / b);
  return [
    { what: 'the year, in at most 0.80 of gzip -dc', limit: atMost(0.8), value: over(f.readYear, f.gzip) },
    { what: 'the year, at least 2 × as fast as polars', limit: atLeast(2), value: over(f.polars, f.readYear) },
    {
      what: 'a month, in at most 0.125 of the year',
      limit: atMost(0.125),
      value: over(f.readMonth, f.yearBesideMonth),
    },
    {
      what: 'a day appended, at least 100 × as fast as pandas',
      limit: atLeast(100),
      value: over(f.pandasAppend, f.append),
    },
    { what: '1,000 series listed by the command, under 1,000 ms', limit: atMost(1000), value: f.listCommand },
    {
      what: '60 series judged, at least 50 × as fast as pandas',
      limit: atLeast(50),
      value: over(f.pandasValidate, f.validate),
    },
    {
      what: 'years of minutes judged, in at most 3 × years of hours',
      limit: atMost(3),
      value: over(f.validateMinutes, f.validateHours),
    },
    { what: 'start, at most 110 ms over bare node', limit: atMost(110), value: f.startUp },
    {
      what: 'twelve archives, at least 5 × as fast as pandas',
      limit: atLeast(5),
      value: over(f.pandasPopulate, f.populate),
    },
    {
      what: 'twelve archives, in at most 1.6 of sha256sum, unzip, gzip',
      limit: atMost(1.6),
      value: over(f.populate, f.plainTools),
    },
    { what: 'two years of ticks, in under 300 MB (--ticks)', limit: atMost(300), value: f.ticksMegabytes },
  ];
}
