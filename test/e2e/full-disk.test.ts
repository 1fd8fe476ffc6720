import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { estimateDisk, judgeDisk } from '../../src/operations/populate/estimate-disk.js';
import type { SeriesPlan } from '../../src/operations/populate/plan-series.js';
import { CHILD_OPTIONS } from '../support/child-options.js';
import { hashYears } from '../support/file-hashes.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const NOW = '2025-03-10T12:34:56Z';
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
// What comes to about 9 MB with what is kept of the generation before.
const WORDS = `cache populate --symbols ${SYMBOLS} --intervals 15m --start-date 2024-01-01 --end-date 2024-12-31`;
const root = temporaryFolder();

/** A disk of its own needs a mount, and a mount needs rights that not everybody has. */
function mayMount(): boolean {
  const disk = path.join(root, 'probe');
  mkdirSync(disk);
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status === 0;
}

interface Run {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly series: readonly { readonly symbol: string; readonly rows: number; readonly read: number }[];
  readonly temps: readonly string[];
}

const mounting = mayMount() ? describe : describe.skip;
mounting('populate onto a disk that is too small (skipped where nothing may be mounted)', () => {
  const folder = path.join(root, 'small');
  const market = path.join(folder, 'market');
  let world: World;
  beforeAll(async () => {
    world = await World.start(NOW);
    mkdirSync(market, { recursive: true });
    await world.settle(folder);
  });
  afterAll(() => world.close());

  /** The program on a disk of that size, which holds what `from` holds and is copied to `to` in the end. */
  async function runOn(size: string, words: string, from?: string, to?: string): Promise<Run> {
    const script = new URL('../support/run-on-small-disk.js', import.meta.url).pathname;
    const places = { disk: market, from: from && path.join(root, from), to: to && path.join(root, to) };
    const say = { ...places, size, folder, words: words.split(' '), env: world.environment(folder) };
    const child = spawn('unshare', ['-m', process.execPath, script, JSON.stringify(say)], {
      env: { ...process.env, NODE_OPTIONS: CHILD_OPTIONS },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    await once(child, 'close');
    if (err !== '') throw new Error(err);
    return JSON.parse(out);
  }
  const filesAsked = async () => (await world.entries()).filter(({ what }) => /15m-2024-\d\d\.zip$/.test(what)).length;

  it('keeps what was committed, says what is full, and goes on once there is room', async () => {
    const first = await runOn('5m', WORDS, undefined, 'first');
    expect(first.stderr).toMatch(/Warning: this takes about [\d.]+ MB of disk, and 5\.2 MB are free at .*market/);
    expect(first.stderr.replace(/\s+/g, ' ')).toMatch(
      /Error: the disk is full: \S+\/market\/\w+USDT\/15m was left as it was Try: free some space and run/,
    );
    expect(first.exit).toBe(5);
    const got = first.series.reduce((sum, { rows }) => sum + rows, 0);
    expect(got).toBeGreaterThan(0);
    expect(first.series).toEqual(first.series.map((each) => ({ ...each, read: each.rows, damaged: 0 })));

    const second = await runOn('6800k', `${WORDS} --json --quiet`, 'first', 'second');
    const document = JSON.parse(second.stdout);
    expect([second.exit, document.status, document.error.code]).toEqual([5, 'partial', 'STORE_FULL']);
    expect(document.series).toHaveLength(SYMBOLS.length);
    expect(second.series).toEqual(second.series.map((each) => ({ ...each, read: each.rows, damaged: 0 })));
    expect(second.temps).toEqual([]);

    // The year has one bar that the exchange never had: partial, in both.
    const third = await runOn('64m', WORDS, 'second', 'third');
    const calm = await runOn('64m', WORDS, undefined, 'calm');
    expect([third.exit, third.temps, third.stderr]).toEqual([4, [], expect.not.stringContaining('of disk')]);
    expect(third.series).toEqual(calm.series);
    const wanted = hashYears(path.join(root, 'calm'));
    expect(Object.keys(wanted)).toHaveLength(SYMBOLS.length);
    expect(hashYears(path.join(root, 'third'))).toEqual(wanted);
  });

  it('refuses before anything is fetched what cannot fit', async () => {
    await world.clear();
    const run = await runOn('500k', WORDS);
    expect(run.exit).toBe(5);
    expect(run.stderr.replace(/\s+/g, ' ')).toMatch(
      /^ ?Error: this takes about 3\.4 MB of disk, and \d+ kB are free at \S+market: nothing was fetched Try: free/,
    );
    expect([run.series, await filesAsked()]).toEqual([[], 0]);
    const json = JSON.parse((await runOn('500k', `${WORDS} --json`)).stdout);
    expect(json.error.code).toBe('STORE_FULL');
  });

  it('a dry run says what it would take, and refuses nothing', async () => {
    const run = await runOn('500k', `${WORDS} --dry-run`);
    expect(run.stderr).toMatch(/^It would take about 3\.4 MB of disk, and \d+ kB are free at \S+market\.$/m);
    expect([run.exit, await filesAsked()]).toEqual([0, 0]);
    const { diskBytes, freeBytes } = JSON.parse((await runOn('500k', `${WORDS} --dry-run --json`)).stdout);
    expect(diskBytes / freeBytes).toBeGreaterThan(2);
  });
});

describe('what a plan takes of the disk', () => {
  const at = (text: string): number => Date.parse(`${text}T00:00:00Z`);
  const task = (start: string, end: string, bars: number, again = false) => ({
    ...{ start: at(start), end: at(end), bars, again: again ? 'only' : undefined },
  });
  function plan(...tasks: ReturnType<typeof task>[]): SeriesPlan {
    return { ask: { symbol: 'A', timeframe: '1m' }, tasks } as unknown as SeriesPlan;
  }
  const store = (rows: number, bytes: number, years: readonly { year: number; bytes: number }[]) =>
    ({ series: () => ({ info: async () => ({ rows, bytes }), years: async () => years }) }) as unknown as Parameters<
      typeof estimateDisk
    >[1];

  it('is the new bars and the largest year once more', async () => {
    const two = plan(task('2023-07-01', '2023-08-01', 40_000), task('2024-01-01', '2024-02-01', 40_000));
    expect(await estimateDisk([two], store(0, 0, []))).toBe(80_000 * 24 + 2 * 8192 + 40_000 * 24);
    const there = store(50_000, 500_000, [{ year: 2024, bytes: 500_000 }]);
    expect(await estimateDisk([two], there)).toBe(80_000 * 10 + 8192 + 40_000 * 10 + 500_000);
  });

  it('is the rewrite alone where rows are only fetched again, and nothing where nothing is to do', async () => {
    const there = store(50_000, 500_000, [{ year: 2024, bytes: 500_000 }]);
    expect(await estimateDisk([plan(task('2024-01-01', '2024-02-01', 40_000, true))], there)).toBe(500_000);
    expect(await estimateDisk([plan()], there)).toBe(0);
  });

  it.each([
    [1000, undefined, 'enough'],
    [0, 0, 'enough'],
    [1000, 2000, 'enough'],
    [1000, 1999, 'tight'],
    [1000, 500, 'tight'],
    [1000, 499, 'too-little'],
    [1, 0, 'too-little'],
  ])('%p needed and %p free: %s', (neededBytes, freeBytes, judgement) => {
    expect(judgeDisk({ folder: '/x', neededBytes, freeBytes })).toBe(judgement);
  });
});
