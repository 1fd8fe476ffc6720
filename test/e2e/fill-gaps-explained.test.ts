import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cutRows } from '../support/cut-rows.js';
import { FillWorld, NOW, reportedGaps, seriesIn } from '../support/fill-world.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
let at: FillWorld;

beforeAll(async () => {
  at = await FillWorld.start(root);
}, 60_000);
afterEach(() => at.calm());
afterAll(() => at.world.close());

describe('what nobody has', () => {
  const without = ['2025-01-05T06:00Z', '2025-01-05T10:00Z'] as const;

  it('is explained when all confirm it, with who and when; a second run makes no request', async () => {
    const folder = await at.withResellers({ without }, { without });
    await cutRows(folder, 'BTCUSDT', '1h', ...without);
    const { gaps } = await at.fill(folder, '--intervals 1h');
    expect(gaps).toMatchObject([{ outcome: 'explained', provider: 'reseller1,reseller2', rowsAdded: 0 }]);
    const explained = (await seriesIn(folder).years()).flatMap(({ sidecar }) => sidecar?.explained ?? []);
    expect(explained).toEqual([
      {
        from: '2025-01-05T06:00:00Z',
        to: '2025-01-05T10:00:00Z',
        reason: 'confirmed-empty',
        providers: ['reseller1', 'reseller2'],
        checkedAt: NOW,
      },
    ]);
    expect(reportedGaps(folder, '1h')).toEqual(['explained 2025-01-05T06:00:00Z 4']);
    await at.world.clear();
    expect((await at.fill(folder, '--intervals 1h')).gaps).toEqual([]);
    expect(await at.asked()).toEqual([]);
  });

  it('stays missing where one of them has another scale: it confirms nothing', async () => {
    const folder = await at.withResellers({ without }, { without, factor: 1.02 });
    await cutRows(folder, 'BTCUSDT', '1h', ...without);
    expect((await at.fill(folder, '--intervals 1h', 4)).gaps).toMatchObject([{ outcome: 'refused' }]);
    expect(reportedGaps(folder, '1h')).toEqual(['missing 2025-01-05T06:00:00Z 4']);
  });

  it('is explained also where they have the rest of a gap', async () => {
    const folder = await at.withResellers({ without }, { without: ['2025-01-05T04:00Z', '2025-01-05T11:00Z'] });
    await cutRows(folder, 'BTCUSDT', '1h', '2025-01-05T00:00Z', '2025-01-05T10:00Z');
    const { gaps } = await at.fill(folder, '--intervals 1h');
    expect(gaps).toMatchObject([{ outcome: 'filled', bars: 10, rowsAdded: 6 }]);
    expect(gaps[0]?.reason).toMatch(/^reseller1 6 of 10 bars .*; confirmed empty by reseller1, reseller2$/);
    expect(reportedGaps(folder, '1h')).toEqual(['explained 2025-01-05T06:00:00Z 4']);
  });

  it('stays missing where one who has a part agrees and the other does not; nobody is asked twice a day for nothing', async () => {
    const folder = await at.withResellers({ without }, { factor: 1.02 });
    await cutRows(folder, 'BTCUSDT', '1h', '2025-01-05T00:00Z', '2025-01-05T10:00Z');
    const { gaps } = await at.fill(folder, '--intervals 1h', 4);
    expect(gaps).toMatchObject([{ outcome: 'partly', bars: 10, rowsAdded: 6, provider: 'reseller1' }]);
    const rest = { start: '2025-01-05T06:00:00Z', bars: 4 };
    const plan = await at.fill(folder, '--intervals 1h --dry-run');
    expect(plan.gaps).toMatchObject([{ ...rest, provider: 'reseller2', requests: 1 }]);
    await at.world.clear();
    expect((await at.fill(folder, '--intervals 1h', 4)).gaps).toMatchObject([
      { ...rest, outcome: 'refused', requests: 1 },
    ]);
    expect(await at.asked()).toHaveLength(1);
  });
});
