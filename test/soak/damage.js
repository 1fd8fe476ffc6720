import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const flip = (bytes, dice, from = 0) => {
  const at = from + dice.below(bytes.length - from);
  bytes[at] ^= 1 << dice.below(7);
  return bytes;
};
const cut = (bytes, dice) => bytes.subarray(0, dice.below(bytes.length));
const zero = (bytes, dice) => {
  const at = dice.below(bytes.length);
  return bytes.fill(0, at, at + 1 + dice.below(bytes.length - at));
};

const DATA = {
  'a flipped bit': flip,
  'a cut end': cut,
  'zeros in the middle': zero,
  'junk at the end': (bytes, dice) => Buffer.concat([bytes, Buffer.alloc(1 + dice.below(4096), 'junk')]),
  'a lost beginning': (bytes, dice) => bytes.subarray(1 + dice.below(bytes.length - 1)),
};
const SIDECAR = {
  'a deleted sidecar': () => undefined,
  'an empty sidecar': () => Buffer.alloc(0),
  'a cut sidecar': cut,
  'a sidecar of zeros': (bytes) => bytes.fill(0),
  // Not in its version: what reads as newer is left alone, for it may be a newer program's.
  'a sidecar with a flipped bit': (bytes, dice) => flip(bytes, dice, 30),
};

/** Hurts one file of a series, as a disk or a person may; says what was done, undefined where there was nothing to hurt. */
export function damageSeries(cache, { symbol, timeframe }, dice) {
  const folder = path.join(cache, symbol, timeframe);
  const years = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}\.csv\.gz$/.test(name)) : [];
  if (years.length === 0) return undefined;
  const year = dice.pick(years).slice(0, 4);
  if (dice.chance(0.1)) {
    const txid = String(dice.below(1e9)).padStart(24, '0');
    writeFileSync(
      path.join(folder, `.${year}.${txid}.${dice.pick(['data', 'sidecar', 'prev'])}.tmp`),
      'never published',
    );
    return `a stray temporary file beside ${year}`;
  }
  const [table, name] = dice.chance(0.65) ? [DATA, `${year}.csv.gz`] : [SIDECAR, `${year}.metadata.json`];
  const kind = dice.pick(Object.keys(table));
  const file = path.join(folder, name);
  try {
    const after = table[kind](readFileSync(file), dice);
    if (after === undefined) rmSync(file);
    else replace(file, after);
  } catch {
    // A writer took it away, or it is empty already.
    return undefined;
  }
  return `${kind} of ${year}`;
}

/** By a rename: the bytes have other names, in quarantine or as the generation before, and those stay sound. */
function replace(file, bytes) {
  const aside = path.join(path.dirname(path.dirname(path.dirname(file))), '..', 'damaged');
  writeFileSync(aside, bytes);
  renameSync(aside, file);
}
