import type { Magic, Refused } from './reader.js';

/** Folders of the old tools' own business; nothing in them is a bar that does not lie elsewhere too. */
const FOLDERS: Readonly<Record<string, string>> = {
  _metadata: 'the old cache kept lists of its files here; they are made anew',
  _almanac: "a cache's own notes, never bars",
  '.cache': 'arrays that an old tool made from its files',
  fundamentals: 'balance sheets, not bars',
  '.git': 'a version history, not bars',
  node_modules: 'programs, not bars',
};

const FILES: readonly (readonly [RegExp, string])[] = [
  [/\.tmp/i, 'what a writer left that did not finish'],
  [/\.inc\.parquet$/, 'what a writer left that did not finish'],
  [/(^|\.)lock$/, 'a lock of the old tool'],
  [/^\.write_test$/, 'a trial whether the folder can be written'],
  [/\.backup$/, 'a copy that the old tool kept of another file'],
  [/^cache_(metadata|index)\.json$/, "the old tool's list of its files; what it says of them is asked where they lie"],
  [/^\.\d{4}\.(csv\.gz|metadata\.json)\.prev$/, 'the generation of a year-file before the last'],
];

/** A folder that is not entered, and why. */
export function refuseFolder(name: string): Refused | undefined {
  return Object.hasOwn(FOLDERS, name) ? { code: 'LEFTOVER', reason: FOLDERS[name] as string } : undefined;
}

/** A file nobody is asked about, and why. */
export function refuseLeftover(name: string, magic: Magic): Refused | undefined {
  const known = FILES.find(([pattern]) => pattern.test(name));
  if (known !== undefined) return { code: 'LEFTOVER', reason: known[1] };
  if (magic === 'sqlite') return { code: 'LEFTOVER', reason: "a database of the old tool's own, not bars" };
  return undefined;
}
