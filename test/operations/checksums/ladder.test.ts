import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../support/temp-folder.js';
import { type ArchiveWorld, openArchiveWorld } from './archive-world.js';

const root = temporaryFolder();
let world: ArchiveWorld;

beforeAll(async () => {
  world = await openArchiveWorld(root);
});
afterAll(() => world.close());
beforeEach(() => world.calm());

const ZIP = 'BTCUSDT-1h-2024-03.zip';
const march = () => world.makeAsk('2024-03-01', '2024-04-01');
const vias = (ranges: readonly { readonly via: string }[]) => [...new Set(ranges.map(({ via }) => via))].sort();

describe('a month that does not match its checksum', () => {
  it('is tried twice, gives nothing, and the days stand in for it', async () => {
    world.plan(/^BTCUSDT-1h-2024-03\.zip$/, { kind: 'wrong-checksum' });
    const { populate, expectTruth, provenance, failures } = world.openCase();
    const outcome = await populate(march());
    await expectTruth(march());
    expect(outcome).toMatchObject({ error: undefined, coverage: { expected: 744, present: 744, missing: 0 } });
    expect(outcome.warnings).toEqual([expect.stringContaining(`${ZIP} does not match its checksum; nothing of it`)]);
    expect(world.asked()).toMatchObject({ [ZIP]: 2, [`${ZIP}.CHECKSUM`]: 2, 'BTCUSDT-1h-2024-03-31.zip': 1 });
    expect(world.asked().live).toBeUndefined();
    expect(vias(await provenance(march()))).toEqual(['archive-day']);
    const [failure, ...others] = await failures();
    expect(others).toEqual([]);
    expect(failure).toEqual({
      symbol: 'BTCUSDT',
      interval: '1h',
      date: '2024-03',
      provider: 'binance',
      via: 'archive-month',
      expected_checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      actual_checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      timestamp: '2025-03-10T12:34:56Z',
      first_seen: '2025-03-10T12:34:56Z',
      count: 1,
      action_taken: 'fell_back',
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
      url: `${world.sandbox.urls['binance-archive']}/data/spot/monthly/klines/BTCUSDT/1h/${ZIP}`,
    });
    expect(failure?.expected_checksum).not.toBe(failure?.actual_checksum);
  });

  it('is taken where only the first download was bad', async () => {
    world.sandbox.faults.add({ server: 'binance-archive', match: /2024-03\.zip$/, fault: { kind: 'garble' } });
    const { populate, expectTruth, failures, provenance } = world.openCase();
    expect((await populate(march())).warnings).toEqual([]);
    await expectTruth(march());
    expect(world.asked()).toMatchObject({ [ZIP]: 2 });
    expect(vias(await provenance(march()))).toEqual(['archive-month']);
    expect(await failures()).toEqual([]);
  });

  it('leads down to the API where the days do not match theirs either', async () => {
    world.plan(/^BTCUSDT-1h-2024-03(-0[1-3])?\.zip$/, { kind: 'wrong-checksum' });
    const { populate, expectTruth, provenance, failures } = world.openCase();
    const outcome = await populate(march());
    await expectTruth(march());
    expect(outcome.warnings).toHaveLength(4);
    expect(world.asked().live).toBe(1);
    const live = (await provenance(march())).filter(({ via }) => via === 'live');
    expect(live).toEqual([expect.objectContaining({ from: '2024-03-01T00:00:00Z', to: '2024-03-04T00:00:00Z' })]);
    expect((await failures()).map(({ date, via }) => [date, via])).toEqual([
      ['2024-03', 'archive-month'],
      ['2024-03-01', 'archive-day'],
      ['2024-03-02', 'archive-day'],
      ['2024-03-03', 'archive-day'],
    ]);
  });

  it('is stored all the same where that was asked for, and marked', async () => {
    world.plan(/2024-03\.zip$/, { kind: 'wrong-checksum' });
    const { populate, expectTruth, provenance, failures } = world.openCase();
    const outcome = await populate(march(), { checksum: 'proceed' });
    await expectTruth(march());
    expect(outcome.warnings).toEqual([expect.stringContaining('stored all the same')]);
    const [failure] = await failures();
    expect(failure).toMatchObject({ action_taken: 'proceeded', etag: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(failure?.stored_checksums).toEqual([failure?.actual_checksum]);
    expect(await provenance(march())).toEqual([
      expect.objectContaining({
        via: 'archive-month',
        checksum: `mismatch:${failure?.actual_checksum}`,
        etag: failure?.etag,
      }),
    ]);
  });

  it('is not looked at where that was asked for', async () => {
    world.plan(/2024-03\.zip$/, { kind: 'wrong-checksum' });
    const { populate, expectTruth, failures } = world.openCase();
    expect((await populate(march(), { checksum: 'skip' })).warnings).toEqual([]);
    await expectTruth(march());
    expect(world.asked()).toEqual({ [ZIP]: 1 });
    expect(await failures()).toEqual([]);
  });
});

it('a month without a checksum is stored, and that is a state of its own', async () => {
  world.plan(/2024-03\.zip$/, { kind: 'missing-checksum' });
  const { populate, expectTruth, failures } = world.openCase();
  const outcome = await populate(march());
  await expectTruth(march());
  expect(outcome.warnings).toEqual([expect.stringContaining(`${ZIP} has no checksum`)]);
  const [failure] = await failures();
  expect(failure).toMatchObject({ action_taken: 'missing_checksum', expected_checksum: '' });
  expect(failure?.stored_checksums).toEqual([failure?.actual_checksum]);
});

describe('a month whose zip is damaged', () => {
  it.each([
    ['and vouched for', 'require'],
    ['and not looked at', 'skip'],
  ] as const)('%s: nothing of it is taken, and the days stand in for it', async (_, checksum) => {
    world.plan(/2024-03\.zip$/, { kind: 'corrupt' });
    const { populate, expectTruth, provenance, failures } = world.openCase();
    const outcome = await populate(march(), { checksum });
    await expectTruth(march());
    expect(outcome).toMatchObject({ error: undefined, coverage: { missing: 0 } });
    expect(outcome.warnings).toEqual([
      expect.stringMatching(/2024-03\.zip cannot be used, and nothing of it was taken/),
    ]);
    expect(vias(await provenance(march()))).toEqual(['archive-day']);
    expect(await failures()).toEqual([]);
  });

  it('and does not match: nothing of it is taken, even where files that do not match are asked for', async () => {
    world.plan(/2024-03\.zip$/, { kind: 'corrupt' });
    world.plan(/2024-03\.zip$/, { kind: 'wrong-checksum' });
    const { populate, expectTruth, provenance } = world.openCase();
    expect((await populate(march(), { checksum: 'proceed' })).warnings).toHaveLength(1);
    await expectTruth(march());
    expect(vias(await provenance(march()))).toEqual(['archive-day']);
  });
});

describe('a download that breaks off', () => {
  it('once: is made again', async () => {
    world.sandbox.faults.add({
      server: 'binance-archive',
      match: /2024-03\.zip$/,
      fault: { kind: 'cut', fraction: 0.5 },
    });
    const { populate, expectTruth, provenance } = world.openCase();
    expect(await populate(march())).toMatchObject({ error: undefined, warnings: [] });
    await expectTruth(march());
    expect(world.asked()).toMatchObject({ [ZIP]: 2 });
    expect(vias(await provenance(march()))).toEqual(['archive-month']);
  });

  it('each time: the days stand in for it, and the report names it', async () => {
    const fault = { kind: 'cut', fraction: 0.5 } as const;
    world.sandbox.faults.add({ server: 'binance-archive', match: /2024-03\.zip$/, times: 9, fault });
    const { populate, expectTruth, provenance } = world.openCase();
    const outcome = await populate(march());
    expect(outcome).toMatchObject({ error: undefined, coverage: { missing: 0 } });
    expect(outcome.warnings).toEqual([expect.stringContaining(`${ZIP} cannot be used`)]);
    await expectTruth(march());
    expect(world.asked()).toMatchObject({ [ZIP]: 2 });
    expect(vias(await provenance(march()))).toEqual(['archive-day']);
  });

  it('is not taken for a server that is not there: that ends the task', async () => {
    world.sandbox.faults.add({ server: 'binance-archive', times: 99, fault: { kind: 'reset' } });
    const { populate } = world.openCase();
    expect(await populate(march())).toMatchObject({ error: { code: 'UNAVAILABLE' }, rowsAdded: 0 });
    // Two attempts at one request, and no second chance for a file of which nothing came.
    expect(Object.values(world.asked())).toEqual([2]);
  });
});

describe('a month that lacks', () => {
  it('days: they come from their own files', async () => {
    world.plan(/2024-03\.zip$/, { kind: 'lacks-days', days: ['2024-03-10', '2024-03-20'] });
    const { populate, expectTruth } = world.openCase();
    expect((await populate(march())).warnings).toEqual([]);
    await expectTruth(march());
    expect(Object.keys(world.asked()).sort()).toEqual([
      'BTCUSDT-1h-2024-03-10.zip',
      'BTCUSDT-1h-2024-03-10.zip.CHECKSUM',
      'BTCUSDT-1h-2024-03-20.zip',
      'BTCUSDT-1h-2024-03-20.zip.CHECKSUM',
      ZIP,
      `${ZIP}.CHECKSUM`,
    ]);
  });

  it('itself: the days, and live what those lack', async () => {
    world.plan(/2024-03\.zip$/, { kind: 'absent' });
    world.plan(/2024-03-31\.zip$/, { kind: 'absent' });
    const { populate, expectTruth, provenance } = world.openCase();
    await populate(march());
    await expectTruth(march());
    expect(vias(await provenance(march()))).toEqual(['archive-day', 'live']);
    expect(world.asked().live).toBe(1);
  });

  it('its end, or comes upside down: nothing is lost', async () => {
    world.plan(/2024-03\.zip$/, { kind: 'partial', at: '2024-03-30T07:00:00Z' });
    world.plan(/2024-03\.zip$/, { kind: 'unsorted' });
    const { populate, expectTruth } = world.openCase();
    await populate(march());
    await expectTruth(march());
  });
});

it('a registry that cannot be written stops no download, and that is said', async () => {
  world.plan(/2024-03\.zip$/, { kind: 'wrong-checksum' });
  const { populate, expectTruth, registry } = world.openCase();
  const { writeFileSync, mkdirSync } = await import('node:fs');
  mkdirSync(registry.file.replace(/checksums\.json$/, ''));
  writeFileSync(registry.file, JSON.stringify({ schemaVersion: 2, failures: {} }));
  const outcome = await populate(march());
  await expectTruth(march());
  expect(outcome.warnings).toEqual([
    expect.stringContaining('does not match'),
    expect.stringMatching(/could not be written into the registry.*newer Almanac/),
  ]);
});
