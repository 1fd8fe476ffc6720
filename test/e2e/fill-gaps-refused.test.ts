import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { column } from '../../src/market/bars.js';
import { cutRows } from '../support/cut-rows.js';
import { blocksOf, FillWorld, seriesIn } from '../support/fill-world.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
let at: FillWorld;

beforeAll(async () => {
  at = await FillWorld.start(root);
}, 60_000);
afterEach(() => at.calm());
afterAll(() => at.world.close());

describe('a source that is not the same series', () => {
  const cut = async (folder: string): Promise<void> => {
    await cutRows(folder, 'BTCUSDT', '1h', '2025-01-05T06:00Z', '2025-01-05T10:00Z');
  };

  it.each([
    [{ factor: 1.02 }, 'reseller1 is 1.020 × binance over 48 bars'],
    [{ late: 1 }, 'reseller1 is 1 bar late against binance over 48 bars'],
    [{ late: -2 }, 'reseller1 is 2 bars early against binance'],
  ])('%j is refused, and what was seen is said', async (options, said) => {
    const folder = await at.withResellers(options);
    await cut(folder);
    const before = await blocksOf(folder);
    const { gaps, status } = await at.fill(folder, '--intervals 1h', 4);
    expect(status).toBe('partial');
    expect(gaps).toMatchObject([{ outcome: 'refused', provider: 'reseller1', rowsAdded: 0 }]);
    expect(gaps[0]?.reason).toContain(said);
    expect(await blocksOf(folder)).toEqual(before);
    const { stderr } = await at.world.run(folder, 'cache fill-gaps --intervals 1h');
    expect(stderr).toContain('almanac cache compare BTCUSDT 1h --providers binance,reseller1');
  });

  it('nor is one of another world: simulated and real bars are never joined, and nobody is asked', async () => {
    const folder = await at.withResellers({ url: 'https://reseller.example' });
    await cut(folder);
    const { gaps } = await at.fill(folder, '--intervals 1h', 4);
    expect(gaps).toMatchObject([{ outcome: 'refused', provider: 'reseller1', requests: 0 }]);
    expect(gaps[0]?.reason).toBe(
      'BTCUSDT 1h has simulated bars, and reseller1 has real ones here: they are never joined',
    );
    // There is nothing to see side by side.
    const { stderr } = await at.world.run(folder, 'cache fill-gaps --intervals 1h');
    expect(stderr).not.toContain('cache compare');
  });

  it('gives way to the next, and is taken where the person allows more', async () => {
    const folder = await at.withResellers({ factor: 1.02 }, {});
    await cut(folder);
    const { gaps } = await at.fill(folder, '--intervals 1h');
    expect(gaps).toMatchObject([{ outcome: 'filled', provider: 'reseller2', rowsAdded: 4 }]);
    const tolerant = await at.withResellers({ factor: 1.02 });
    await cut(tolerant);
    expect((await at.fill(tolerant, '--intervals 1h --tolerance 3% --take-volume')).gaps).toMatchObject([
      { outcome: 'filled', provider: 'reseller1' },
    ]);
    const range = { start: Date.parse('2025-01-05T06:00Z'), end: Date.parse('2025-01-05T10:00Z') };
    expect(column(await seriesIn(tolerant).read(range), 'volume').every((volume) => volume > 0)).toBe(true);
    expect(column(await seriesIn(folder).read(range), 'volume').every(Number.isNaN)).toBe(true);
  });
});
