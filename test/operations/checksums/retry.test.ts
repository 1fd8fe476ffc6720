import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clearFailures } from '../../../src/operations/checksums/clear-failures.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { type ArchiveWorld, NOW, openArchiveWorld } from './archive-world.js';

const root = temporaryFolder();
let world: ArchiveWorld;

beforeAll(async () => {
  world = await openArchiveWorld(root);
});
afterAll(() => world.close());
beforeEach(() => world.calm());

const ZIP = /^BTCUSDT-1h-2024-03\.zip$/;
/** Without the daily files: one live request stands in for a month. */
const march = () => world.makeAsk('2024-03-01', '2024-04-01', ['month']);
/** The month fails now; what failed is made right before the retry. */
async function failFirst(checksum: 'require' | 'proceed', ...more: Parameters<ArchiveWorld['plan']>[1][]) {
  for (const quirk of [{ kind: 'wrong-checksum' } as const, ...more]) world.plan(ZIP, quirk);
  let now = NOW;
  const own = world.openCase(() => now);
  await own.populate(march(), { checksum });
  world.calm();
  now += 3_600_000;
  return own;
}

describe('a file that verifies now', () => {
  it('is stored, and its entry says so until it is cleared', async () => {
    world.plan(ZIP, { kind: 'wrong-checksum' });
    world.plan(/2024-03-05\.zip$/, { kind: 'absent' });
    world.sandbox.faults.add({ server: 'binance', times: 9, fault: { kind: 'status', status: 400, body: '' } });
    const own = world.openCase();
    const hours = world.makeAsk('2024-03-01', '2024-04-01');
    expect(await own.populate(hours)).toMatchObject({ coverage: { missing: 24 }, error: { code: 'MALFORMED' } });
    world.calm();
    const { files } = await own.retry();
    expect(files).toEqual([
      expect.objectContaining({ result: 'verified', added: 24, replaced: 0, removed: 0, conflicts: 0, requests: 2 }),
    ]);
    await own.expectTruth(hours);
    const [failure] = await own.failures();
    expect(failure).toMatchObject({ action_taken: 'retried_success', count: 1 });
    expect(failure?.expected_checksum).toBe(failure?.actual_checksum);
    expect((await own.provenance(hours)).filter(({ via }) => via === 'archive-month')).toEqual([
      expect.objectContaining({
        ...{ from: '2024-03-05T00:00:00Z', to: '2024-03-06T00:00:00Z' },
        checksum: failure?.actual_checksum,
      }),
    ]);
  });

  it('gives its bars for those that were stored unproved: other values, bars too few and bars too many', async () => {
    const own = await failFirst('proceed', { kind: 'partial', at: '2024-03-30T00:00:00Z' });
    const series = own.store.series('BTCUSDT', '1h');
    // The stored month is falsified as a bad file would be: one price off, one bar that never was.
    const [origin] = await own.provenance(march());
    const { from: _, to: __, rows: ___, ...provenance } = origin as NonNullable<typeof origin>;
    const bars = await series.read({ end: Date.parse('2024-03-01T02:00:00Z') });
    const close = bars.columns.indexOf('close');
    const values = bars.values.map((cells, i) => (i === close ? cells.map((value) => value + 0.01) : cells));
    await series.put({ ...bars, values }, provenance, { winner: 'incoming' });
    const ghost = { ...bars, time: bars.time.map((time) => time + 30 * 60_000) };
    await series.put(ghost, provenance);
    await expect(own.expectTruth(march())).rejects.toThrow();
    const { files } = await own.retry();
    expect(files).toEqual([expect.objectContaining({ result: 'verified', replaced: 2, removed: 2 })]);
    await own.expectTruth(march());
    expect((await own.failures())[0]).not.toHaveProperty('stored_checksums');
  });

  it('takes its mark from bars that were right all the time, and leaves them as they are', async () => {
    const own = await failFirst('proceed');
    const doubted = (await own.provenance(march())).map(({ checksum }) => checksum);
    expect(doubted).toEqual([expect.stringMatching(/^mismatch:[0-9a-f]{64}$/)]);
    const { files } = await own.retry();
    expect(files).toEqual([expect.objectContaining({ result: 'verified', added: 0, replaced: 0, removed: 0 })]);
    const [after] = await own.failures();
    expect((await own.provenance(march())).map(({ checksum }) => checksum)).toEqual([after?.actual_checksum]);
    expect(after?.actual_checksum).toMatch(/^[0-9a-f]{64}$/);
    await own.expectTruth(march());
  });

  it('leaves bars of any other origin as they are', async () => {
    const own = await failFirst('require');
    const series = own.store.series('BTCUSDT', '1h');
    const bars = await series.read({ end: Date.parse('2024-03-01T02:00:00Z') });
    const close = bars.columns.indexOf('close');
    const values = bars.values.map((cells, i) => (i === close ? cells.map((value) => value + 0.01) : cells));
    const ours = { provider: 'import', via: 'import', fetchedAt: '2025-01-01T00:00:00Z', derived: false } as const;
    const simulated = { ...ours, origin: '127.0.0.1' };
    await series.put({ ...bars, values }, simulated, { winner: 'incoming' });
    const before = await series.read();
    const { files } = await own.retry();
    expect(files).toEqual([expect.objectContaining({ result: 'verified', added: 0, replaced: 0, conflicts: 2 })]);
    expect(await series.read()).toEqual(before);
  });

  it('comes down from a file without a checksum too', async () => {
    world.plan(ZIP, { kind: 'missing-checksum' });
    const own = world.openCase();
    await own.populate(march());
    const still = await own.retry();
    expect(still.files).toMatchObject([{ result: 'failed', reason: 'it has no checksum' }]);
    expect(await own.failures()).toMatchObject([{ action_taken: 'missing_checksum', count: 1 }]);
    world.calm();
    expect((await own.retry()).files).toMatchObject([{ result: 'verified', added: 0, replaced: 0 }]);
    await own.expectTruth(march());
  });
});

describe('a file that still fails', () => {
  it('says so in its one entry, and keeps what is known of its stored bars', async () => {
    const own = await failFirst('proceed');
    const [before] = await own.failures();
    world.plan(ZIP, { kind: 'wrong-checksum' });
    world.plan(ZIP, { kind: 'republished' });
    const { files } = await own.retry();
    expect(files).toMatchObject([{ result: 'failed', reason: 'it still does not match its checksum', requests: 4 }]);
    const [after, ...others] = await own.failures();
    expect(others).toEqual([]);
    expect(after).toMatchObject({ action_taken: 'retried_failed', count: 2, timestamp: '2025-03-10T13:34:56Z' });
    expect(after).toMatchObject({ first_seen: before?.first_seen, stored_checksums: [before?.actual_checksum] });
    expect(after?.actual_checksum).not.toBe(before?.actual_checksum);
  });

  it.each([
    ['gone', { kind: 'absent' }, 'it is not there any more'],
    ['damaged', { kind: 'corrupt' }, /2024-03\.zip/],
  ] as const)('because it is %s: nothing of it is taken', async (_, quirk, reason) => {
    const own = await failFirst('require');
    const before = await own.store.series('BTCUSDT', '1h').read();
    world.plan(ZIP, quirk);
    const { files } = await own.retry();
    expect(files).toMatchObject([{ result: 'failed', failure: { action_taken: 'retried_failed' } }]);
    expect(files[0]?.reason).toMatch(reason);
    expect(await own.store.series('BTCUSDT', '1h').read()).toEqual(before);
  });
});

describe('where the archive cannot be reached', () => {
  it('nothing is learned, the entries stay, and it is left alone after three in a row', async () => {
    world.plan(/2024-0\d\.zip$/, { kind: 'wrong-checksum' });
    const own = world.openCase();
    await own.populate(world.makeAsk('2024-01-01', '2024-06-01', ['month']));
    const before = await own.failures();
    expect(before).toHaveLength(5);
    world.calm();
    world.sandbox.faults.add({ server: 'binance-archive', times: 99, fault: { kind: 'reset' } });
    const { files } = await own.retry();
    expect(files.map(({ result }) => result)).toEqual(Array(5).fill('unreached'));
    expect(Object.keys(world.asked())).toHaveLength(3);
    expect(await own.failures()).toEqual(before);
  });
});

it('what is cleared while it is fetched stays cleared', async () => {
  const own = await failFirst('require');
  world.sandbox.faults.add({ server: 'binance-archive', match: ZIP, fault: { kind: 'delay', ms: 200 } });
  world.sandbox.faults.add({ server: 'binance-archive', match: /CHECKSUM/, fault: { kind: 'delay', ms: 200 } });
  const retried = own.retry();
  const failures = await own.failures();
  expect(await clearFailures(failures, own.registry)).toMatchObject({ cleared: 1, backup: expect.any(String) });
  expect((await retried).files).toMatchObject([{ result: 'verified' }]);
  expect(await own.failures()).toEqual([]);
});

it('an entry that changed since it was looked at is not cleared', async () => {
  const own = await failFirst('require');
  const seen = await own.failures();
  await own.retry();
  expect(await clearFailures(seen, own.registry)).toEqual({ cleared: 0, backup: undefined });
  expect(await own.failures()).toHaveLength(1);
});
