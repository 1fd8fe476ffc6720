import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { temporaryFolder } from '../support/temp-folder.js';

/** The sixty things a provider may do to us, and where each is done. */
const ELSEWHERE: Readonly<Record<number, string>> = {
  31: 'memory.test.ts',
  33: 'memory.test.ts',
  34: 'memory.test.ts',
  37: '../sources/host/http/send-following.test.ts', // from https to http: needs a host with a certificate that is trusted
  58: 'below',
  59: '../../plugins/binance/test/archive.test.ts',
  60: 'socket.test.ts',
};
/** A name that is answered with a private address. The hosts of each provider are fixed, a redirect to any other is
 * refused, and where the connection is encrypted the address proves by its certificate whose it is. */
const NOT_TRIED = [40];

/** Cases begin with their number, or say it of themselves. */
const NUMBERS = /\bnumber: (\d+)|'(\d+) [a-z]|'(?:another host)'\) \? (\d+) : (\d+)/g;
const named = new Set(
  ['transport.test.ts', 'content.test.ts', 'memory.test.ts'].flatMap((name) =>
    [...readFileSync(path.join('test/hostile', name), 'utf8').matchAll(NUMBERS)].flatMap(([, ...numbers]) =>
      numbers.map(Number),
    ),
  ),
);

describe('the corpus', () => {
  it('is tried, all of it, or says why not', () => {
    const all = Array.from({ length: 60 }, (_, i) => i + 1);
    expect(all.filter((number) => !named.has(number) && !inElsewhere(number))).toEqual(NOT_TRIED);
  });
});

function inElsewhere(number: number): boolean {
  const where = ELSEWHERE[number];
  return where === 'below' || (where !== undefined && existsSync(path.join('test/hostile', where)));
}

describe('58 prices in another currency, or split', () => {
  const root = temporaryFolder();
  it('are told as conflicts with what was there, which stands', async () => {
    const series = openStore(mkdtempSync(path.join(root, 'case-'))).series('AAPL', '1d');
    const bars = makeBars('1d', Date.UTC(2024, 0, 1), 20);
    await series.put(bars, PROVENANCE);
    const hundredfold = { ...bars, values: bars.values.map((column) => column.map((value) => value * 100)) };
    expect(await series.put(hundredfold, PROVENANCE)).toMatchObject({ added: 0, replaced: 0, conflicts: 20 });
    expect((await series.read()).values[0]).toEqual(bars.values[0]);
  });
});
