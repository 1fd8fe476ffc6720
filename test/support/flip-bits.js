// Flips COUNT bits of a year-file, one at a time, and holds what the built program says against the truth:
// node flip-bits.js CACHE COUNT, where CACHE has A 30m of 2024, and rows the test made. Prints a summary as JSON.
// A program of its own, because Jest's sandbox slows the hot loop of reading tenfold.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '../../dist/index.js';

const AT_ONCE = 10;
const [cache, count] = process.argv.slice(2);
const truth = await openStore(cache).series('A', '30m').read();
const name = path.join('A', '30m', '2024.csv.gz');
const bytes = readFileSync(path.join(cache, name));
const month = 31 * 48;

/** Every row of the one is the other's, in order. */
function isSubset(some, all) {
  let at = 0;
  for (let row = 0; row < some.time.length; row++) {
    while (all.time[at] < some.time[row]) at++;
    if (all.time[at] !== some.time[row]) return false;
    for (const [c, value] of some.values.entries()) if (value[row] !== all.values[c][at]) return false;
  }
  return true;
}

let state = 3;
const roll = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const places = Array.from({ length: Number(count) }, () => ({ at: roll(bytes.length), bit: roll(8) }));
const wrong = [];
let found = 0;

async function examine(copy, { at, bit }) {
  const hurt = Buffer.from(bytes);
  hurt[at] ^= 1 << bit;
  writeFileSync(path.join(copy, name), hurt);
  const series = openStore(copy).series('A', '30m');
  const { damaged } = await series.verify();
  if (damaged.length === 1) found++;
  const told = [];
  const rows = await series.read({ onDamage: (damage) => told.push(damage) });
  const lost = truth.time.length - rows.time.length;
  const honest = isSubset(rows, truth) && lost <= month && (told.length === 1 || lost === 0);
  if (damaged.length !== 1 || !honest) wrong.push({ at, bit, damaged, told, lost });
}

const left = places.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async (_, lane) => {
    const copy = `${cache}-lane-${lane}`;
    cpSync(cache, copy, { recursive: true });
    for (const place of left) await examine(copy, place);
    rmSync(copy, { recursive: true });
  }),
);
process.stdout.write(JSON.stringify({ found, wrong }));
