import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cleanup } from '../../../src/operations/cleanup/cleanup.js';
import { createContext, openStore } from '../../../src/store/open-store.js';
import { makeBars, PROVENANCE, pickRows } from '../../support/make-bars.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();

describe('a cache that is being written', () => {
  it('is judged sound at every instant, and acting disturbs nobody', async () => {
    const cache = path.join(root, 'cache');
    const bars = makeBars('1d', Date.UTC(2024, 0, 1), 300, ['price']);
    const series = openStore(cache).series('A', '1d');
    await series.put(pickRows(bars, [0]), PROVENANCE);
    let writing = true;
    const writer = (async () => {
      for (let row = 1; row < 120; row++) await series.put(pickRows(bars, [row]), PROVENANCE);
      writing = false;
    })();
    let runs = 0;
    while (writing) {
      const mode = runs++ % 2 === 0 ? 'validate' : 'both';
      const { findings, acted } = await cleanup(createContext(cache), { mode });
      expect(findings).toEqual([]);
      expect(acted?.repaired ?? 0).toBe(0);
    }
    await writer;
    expect(runs).toBeGreaterThan(5);
    expect((await series.read()).time).toHaveLength(120);
  }, 30_000);
});
