import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PutProvenance } from '../../src/store/face.js';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const freshCache = (): string => mkdtempSync(path.join(root, 'case-'));
const of = (year: number, month = 0) => makeBars('1h', Date.UTC(year, month, 1), 5);

const real: PutProvenance = { ...PROVENANCE, provider: 'binance', via: 'live' };
const mirror: PutProvenance = { ...real, origin: 'mirror.example' };
const simulated = (origin: string): PutProvenance => ({ ...real, origin });

/** Every file and what is in it. */
function photograph(cache: string): Record<string, string> {
  const files = listTree(cache).filter((name) => /\.(gz|json)$/.test(name));
  return Object.fromEntries(files.map((name) => [name, readFileSync(path.join(cache, name)).toString('base64')]));
}

describe('simulated bars and real ones', () => {
  it.each([
    ['simulated on top of real', real, simulated('127.0.0.1'), 'has real bars, and simulated ones'],
    ['real on top of simulated', simulated('127.0.0.1'), real, 'has simulated bars, and real ones'],
    ['a mirror on top of simulated', simulated('localhost'), mirror, 'has simulated bars, and real ones'],
    ['simulated on top of a mirror', mirror, simulated('[::1]'), 'has real bars, and simulated ones'],
    ['an import on top of simulated', simulated('127.8.8.8'), PROVENANCE, 'has simulated bars, and real ones'],
  ])('%s: refused, and nothing is written', async (_, first, second, words) => {
    const cache = freshCache();
    const series = openStore(cache).series('BTCUSDT', '1h');
    await series.put(of(2024), first);
    const before = photograph(cache);
    for (const bars of [of(2024), of(2024, 5), of(2023), of(2025)]) {
      const refusal = await series.put(bars, second).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'STORE_CONFLICT', message: expect.stringContaining(words) });
      expect((refusal as { suggestions: string[] }).suggestions.join()).toContain('--cache-dir');
    }
    expect(photograph(cache)).toEqual(before);
    expect(listTree(cache).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.each([
    ['real and real', real, { ...real, provider: 'yahoo' }],
    ['real and a mirror', real, mirror],
    ['simulated and simulated of another port or host', simulated('127.0.0.1'), simulated('localhost')],
  ])('%s join', async (_, first, second) => {
    const series = openStore(freshCache()).series('BTCUSDT', '1h');
    await series.put(of(2024), first);
    expect(await series.put(of(2025), second)).toMatchObject({ added: 5 });
  });

  it('live side by side in different series', async () => {
    const store = openStore(freshCache());
    await store.series('BTCUSDT', '1h').put(of(2024), simulated('127.0.0.1'));
    await store.series('BTCUSDT', '1d').put(makeBars('1d', Date.UTC(2024, 0, 1), 5), real);
    await store.series('ETHUSDT', '1h').put(of(2024), real);
    expect(await store.symbols()).toEqual(['BTCUSDT', 'ETHUSDT']);
  });

  it('are still told apart when a year’s sidecar is damaged, by the other years', async () => {
    const cache = freshCache();
    const series = openStore(cache).series('BTCUSDT', '1h');
    await series.put(of(2023), simulated('127.0.0.1'));
    await series.put(of(2024), simulated('127.0.0.1'));
    writeFileSync(path.join(cache, 'BTCUSDT', '1h', '2023.metadata.json'), '{');
    await expect(series.put(of(2025), real)).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });
});
