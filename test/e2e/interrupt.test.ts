import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { hashYears } from '../support/file-hashes.js';
import { startProgram } from '../support/start-program.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const NOW = '2025-03-10T12:34:56Z';
const SYMBOLS = ['BTCUSDT', 'SOLUSDT'] as const;
const WORDS = `cache populate --symbols ${SYMBOLS} --intervals 15m --start-date 2024-01-01 --end-date 2024-12-31`;
/** So that there is something left to do once something is committed. */
const SLOW = { server: 'binance-archive', match: '\\.zip$', times: 1000, fault: { kind: 'delay', ms: 400 } };
const SOON_MS = 5000;
const AGAIN = 'interrupted; what was finished is kept, and the same line again goes on from there';

const root = temporaryFolder();
let world: World;
let folders = 0;
let wanted: Record<string, string>;

beforeAll(async () => {
  world = await World.start(NOW);
  const calm = await newFolder();
  await world.run(calm, `${WORDS} --quiet`);
  wanted = hashYears(path.join(calm, 'market'));
  expect(Object.keys(wanted)).toHaveLength(SYMBOLS.length);
});
afterEach(async () => {
  await world.clearFaults();
  await world.clear();
});
afterAll(() => world.close());

async function newFolder(): Promise<string> {
  const folder = path.join(root, String(folders++));
  mkdirSync(folder);
  await world.settle(folder);
  return folder;
}

const monthOf = (what: string): string | undefined => /([A-Z]+-15m-\d{4}-\d\d)\.zip$/.exec(what)?.[1];

async function monthsAsked(): Promise<string[]> {
  return (await world.entries()).flatMap(({ what }) => monthOf(what) ?? []);
}

async function committed(folder: string): Promise<string[]> {
  const store = openStore(path.join(folder, 'market'));
  const found: string[] = [];
  for (const symbol of await store.symbols()) {
    const { blocks } = await store.series(symbol, '15m').coverage();
    found.push(...blocks.map(({ period }) => `${symbol}-15m-${period}`));
    expect((await store.series(symbol, '15m').verify()).damaged).toEqual([]);
  }
  return found;
}

async function untilSo(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 30));
}

/** Starts it slowed down, waits until something is committed, sends the signal and tells how it ended. */
async function interrupt(folder: string, words: string, signal: NodeJS.Signals) {
  await world.fault(SLOW);
  const { child, ended } = startProgram(folder, words, world.environment(folder));
  await untilSo(async () => (await committed(folder)).length >= 2);
  const at = performance.now();
  child.kill(signal);
  const run = await ended;
  const took = performance.now() - at;
  await world.clearFaults();
  return { ...run, took };
}

function expectTidy(folder: string): void {
  const left = listTree(path.join(folder, 'market')).filter((name) => name.endsWith('.tmp'));
  expect(left).toEqual([]);
}

/** The same line again: it waits for no lock, fetches nothing that is there, and ends as if nothing had happened. */
async function expectGoesOn(folder: string): Promise<void> {
  const there = await committed(folder);
  await world.clear();
  const run = await world.run(folder, `${WORDS} --quiet`);
  // The year has one bar that the exchange never had.
  expect([run.exit, run.stderr]).toEqual([4, '']);
  const asked = await monthsAsked();
  expect(there.filter((month) => asked.includes(month))).toEqual([]);
  expect(new Set([...there, ...asked]).size).toBe(SYMBOLS.length * 12);
  expect(hashYears(path.join(folder, 'market'))).toEqual(wanted);
  expectTidy(folder);
}

describe('a populate that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s finishes what it has in hand, reports, and ends with %i', async (signal, exit) => {
    const folder = await newFolder();
    const run = await interrupt(folder, WORDS, signal);
    expect([run.exit, run.signal]).toEqual([exit, null]);
    expect(run.took).toBeLessThan(SOON_MS);
    const there = await committed(folder);
    expect(there.length).toBeGreaterThanOrEqual(2);
    expect(there.length).toBeLessThan(SYMBOLS.length * 12);
    expectTidy(folder);
    // The table has both, with what is there and what is not; nothing that was stopped is called a failure.
    const { rows } = await openStore(path.join(folder, 'market')).series('BTCUSDT', '15m').info();
    const [line = ''] = run.stdout.split('\n').filter((text) => text.startsWith('BTCUSDT'));
    expect(line.replaceAll(',', '').split(/\s+/)).toEqual(expect.arrayContaining([String(rows), String(35136 - rows)]));
    expect(run.stderr).toContain(AGAIN);
    expect(run.stderr).toContain('still missing');
    expect(run.stderr).not.toContain('failed');
    await expectGoesOn(folder);
  });

  it('under --json prints one document, which says so', async () => {
    const folder = await newFolder();
    const run = await interrupt(folder, `${WORDS} --json`, 'SIGINT');
    const document = JSON.parse(run.stdout);
    expect(run.exit).toBe(130);
    expect(document).toMatchObject({ command: 'cache populate', status: 'partial', interrupted: true });
    const added = document.series.map(({ symbol, rowsAdded }: { symbol: string; rowsAdded: number }) => [
      symbol,
      rowsAdded,
    ]);
    const store = openStore(path.join(folder, 'market'));
    const rows = await Promise.all(
      SYMBOLS.map(async (symbol) => [symbol, (await store.series(symbol, '15m').info()).rows]),
    );
    expect(added).toEqual(rows);
    for (const each of document.series) expect(each.error).toBeUndefined();
  });

  it('while it still asks what there is, has a document too', async () => {
    const folder = await newFolder();
    await world.fault({ server: 'binance', times: 1000, fault: { kind: 'stall' } });
    const { child, ended } = startProgram(folder, `${WORDS} --json`, world.environment(folder));
    await untilSo(async () => (await world.entries()).length > 0);
    child.kill('SIGINT');
    const run = await ended;
    expect([run.exit, JSON.parse(run.stdout).error.code]).toEqual([130, 'INTERRUPTED']);
  });

  it('while it waits for its share of the bandwidth, does not wait for it', async () => {
    const folder = await newFolder();
    const { child, ended } = startProgram(folder, `${WORDS} --max-bandwidth 4kB/s`, world.environment(folder));
    await untilSo(async () => (await monthsAsked()).length >= 2);
    // So much came at once that its share of time is tens of seconds.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const at = performance.now();
    child.kill('SIGINT');
    const run = await ended;
    expect([run.exit, run.stderr.includes('cannot be used')]).toEqual([130, false]);
    expect(performance.now() - at).toBeLessThan(SOON_MS);
  });

  it('while it waits for another program that writes a series, does not wait for it, and loses nothing', async () => {
    const folder = await newFolder();
    // What comes of that series cannot be committed, and a lock is waited for by half a minute.
    const script = new URL('../support/hold-lock.js', import.meta.url).pathname;
    const holder = spawn(process.execPath, [script, path.join(folder, 'market', 'SOLUSDT', '15m')], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(holder.stdout, 'data');
    const { child, ended } = startProgram(folder, WORDS, world.environment(folder));
    await untilSo(async () => (await committed(folder)).length >= 2);
    const at = performance.now();
    child.kill('SIGINT');
    const run = await ended;
    expect([run.exit, run.signal]).toEqual([130, null]);
    expect(run.stderr.split('interrupted;')).toHaveLength(2);
    expect(performance.now() - at).toBeLessThan(SOON_MS);
    const gone = once(holder, 'close');
    holder.kill();
    await gone;
    await expectGoesOn(folder);
  });
});
