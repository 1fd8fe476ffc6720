import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeSymbol, encodeSymbol } from '../../src/store/layout.js';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const BARS = makeBars('1d', Date.UTC(2024, 0, 1), 3);

/** A parent of its own for every case: what is written outside the cache would be seen in it. */
function freshParent(): { readonly parent: string; readonly cache: string } {
  const parent = mkdtempSync(path.join(root, 'case-'));
  return { parent, cache: path.join(parent, 'a', 'b', 'c', 'cache') };
}

const STORED = ['BTC/USDT', '^GSPC', 'BRK.B', 'EURUSD=X', 'CON', 'con.txt', 'NUL.', '../../etc/passwd', '..', '.'];
const ODD = [
  '_x',
  '-x',
  '.x',
  'a.',
  'a b',
  'C:\\x',
  '%2e%2e',
  '日経',
  '\u{1f680}',
  'ümlaut',
  '_almanac',
  'BTCUSDT@um',
  'x'.repeat(64),
];
const REFUSED = [
  '',
  'x'.repeat(300),
  'a\u0000b',
  'a\nb',
  '\u001b[31m',
  'a\u202eb',
  ' x',
  'x ',
  '\ud800',
  'u\u0308',
  '日'.repeat(30),
];

describe('a symbol', () => {
  it.each([...STORED, ...ODD])('%j is stored inside the cache and listed back', async (symbol) => {
    const { parent, cache } = freshParent();
    const store = openStore(cache);
    await store.series(symbol, '1d').put(BARS, PROVENANCE);
    expect(await openStore(cache).symbols()).toEqual([symbol]);
    expect(Array.from((await store.series(symbol, '1d').read()).time)).toEqual(Array.from(BARS.time));
    const outside = listTree(parent).filter((name) => !name.startsWith('a/b/c/cache/'));
    expect(outside).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/cache']);
    expect(readdirSync(cache)).toEqual([encodeSymbol(symbol)]);
  });

  it.each(REFUSED)('%j is refused in one sentence, and nothing is created', async (symbol) => {
    const { parent, cache } = freshParent();
    const refusal = await attempt(() => openStore(cache).series(symbol, '1d').put(BARS, PROVENANCE));
    expect(refusal).toMatchObject({ code: 'SYMBOL_REFUSED' });
    expect((refusal as Error).message).not.toContain('\n');
    expect(listTree(parent)).toEqual([]);
  });

  it('that only looks like a folder of ours is not listed', async () => {
    const { cache } = freshParent();
    for (const name of ['BTC%2fUSDT', '%41BC', '_x', '.hidden', 'CON', 'a b', '%FF']) {
      mkdirSync(path.join(cache, name, '1d'), { recursive: true });
    }
    expect(await openStore(cache).symbols()).toEqual([]);
  });

  it.each(['symbol', 'timeframe'])(
    'whose %s folder is a planted link is refused, and nothing is written through it',
    async (which) => {
      const { parent, cache } = freshParent();
      const elsewhere = path.join(parent, 'elsewhere');
      mkdirSync(elsewhere);
      mkdirSync(which === 'symbol' ? cache : path.join(cache, 'AAPL'), { recursive: true });
      symlinkSync(elsewhere, which === 'symbol' ? path.join(cache, 'AAPL') : path.join(cache, 'AAPL', '1d'));
      const refusal = await attempt(() => openStore(cache).series('AAPL', '1d').put(BARS, PROVENANCE));
      expect(refusal).toMatchObject({ code: 'STORE_UNUSABLE' });
      expect(readdirSync(elsewhere)).toEqual([]);
    },
  );
});

describe('a folder name', () => {
  const symbol = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ maxLength: 40 }),
      fc.constantFrom(...STORED, ...ODD),
    )
    .filter((text) => nameOf(text) !== undefined);

  it('reads back as its symbol, and as no other', () => {
    fc.assert(
      fc.property(symbol, (text) => {
        expect(decodeSymbol(encodeSymbol(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aAC.ON%2E5F_-@='), maxLength: 12 }), (name) => {
        const decoded = decodeSymbol(name);
        if (decoded !== undefined) expect(encodeSymbol(decoded)).toBe(name);
      }),
      { numRuns: 5000 },
    );
  });

  it('is one plain part of a path, reserved nowhere and never hidden or private', () => {
    fc.assert(
      fc.property(symbol, (text) => {
        const name = encodeSymbol(text);
        expect(name).toMatch(/^[A-Za-z0-9=@%][A-Za-z0-9._=@%-]*$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(name).not.toMatch(/[. ]$/);
        expect(name.length).toBeLessThanOrEqual(255);
        expect(path.dirname(path.resolve('/cache', name))).toBe('/cache');
      }),
      { numRuns: 2000 },
    );
  });
});

function nameOf(symbol: string): string | undefined {
  try {
    return encodeSymbol(symbol);
  } catch {
    return undefined;
  }
}

async function attempt(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error;
  }
}
