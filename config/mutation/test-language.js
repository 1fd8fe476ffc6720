import { format } from 'node:util';
import { expect } from 'expect';

/** The words of `@jest/globals` that tests of pure code are written in. What is missing here is an error at its import. */
export { expect };

let names = [];
let found = [];

export function test(name, run) {
  found.push({ name: [...names, name].join(' '), run });
}

export function describe(name, body) {
  const before = names;
  names = [...before, name];
  body();
  names = before;
}

test.each = (rows) => (name, run) => forEach(rows, name, (title, row) => test(title, () => run(...row)));
describe.each = (rows) => (name, body) => forEach(rows, name, (title, row) => describe(title, () => body(...row)));
export const it = Object.assign((name, run) => test(name, run), { each: test.each });

/** The tests of a file, in order; loading it is what makes them known. */
export async function readTests(load) {
  found = [];
  names = [];
  await load();
  return found;
}

function forEach(rows, name, take) {
  for (const row of rows) {
    const words = Array.isArray(row) ? row : [row];
    const places = name.replaceAll('%%', '').match(/%[sdifjop]/g)?.length ?? 0;
    take(format(name.replaceAll('%p', '%j'), ...words.slice(0, places)), words);
  }
}
