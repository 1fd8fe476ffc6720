import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { CHILD_OPTIONS } from '../support/child-options.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const NOW = '2025-03-10T12:34:56Z';
const WORDS =
  'cache populate --symbols BTCUSDT,SOLUSDT --intervals 15m --start-date 2024-01-01 --end-date 2024-12-31 --quiet';
const KILLS = 30;
const root = temporaryFolder();
let world: World;

beforeAll(async () => {
  world = await World.start(NOW);
});
afterAll(() => world.close());

function hashes(folder: string): Record<string, string> {
  const market = path.join(folder, 'market');
  const files = listTree(market).filter((name) => /^[^_][^/]*\/[^/]+\/\d{4}\.csv\.gz$/.test(name));
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(market, name)))
        .digest('hex'),
    ]),
  );
}

function start(folder: string): ChildProcess {
  const run = new URL('../../bin/run.js', import.meta.url).pathname;
  const env = { ...process.env, NODE_OPTIONS: CHILD_OPTIONS, ...world.environment(folder) };
  return spawn(process.execPath, [run, ...WORDS.split(' ')], { cwd: folder, env, stdio: 'ignore' });
}

async function committed(folder: string): Promise<Set<string>> {
  const store = openStore(path.join(folder, 'market'));
  const found = new Set<string>();
  for (const symbol of await store.symbols()) {
    const { blocks } = await store.series(symbol, '15m').coverage();
    for (const { period } of blocks) found.add(`${symbol}-15m-${period}`);
  }
  return found;
}

it(`killed at ${KILLS} random instants and run again, it ends as if nothing had happened`, async () => {
  const calm = path.join(root, 'calm');
  mkdirSync(calm);
  await world.settle(calm);
  await once(start(calm), 'close');
  const wanted = hashes(calm);
  expect(Object.keys(wanted)).toHaveLength(2);

  const folder = path.join(root, 'killed');
  mkdirSync(folder);
  await world.settle(folder);
  let seed = 20250310;
  const random = (): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  let kills = 0;
  for (let finished = false; kills < KILLS || !finished; ) {
    const before = existsSync(path.join(folder, 'market')) ? await committed(folder) : new Set<string>();
    await world.clear();
    const child = start(folder);
    const ended = once(child, 'close');
    // The start-up takes most of the time; what is killed there proves little, so most are killed later.
    const timer = kills < KILLS ? setTimeout(() => child.kill('SIGKILL'), 450 + random() * 900) : undefined;
    const [exit] = await ended;
    clearTimeout(timer);
    if (exit === null) kills++;
    else if (kills < KILLS) {
      // It was faster than the knife: begin anew in a folder of its own kind.
      kills++;
    }
    finished = exit !== null;
    for (const { what } of await world.entries()) {
      const file = /([A-Z]+-15m-\d{4}-\d\d)\.zip$/.exec(what)?.[1];
      if (file !== undefined) expect(before).not.toContain(file);
    }
  }
  expect(hashes(folder)).toEqual(wanted);
  const left = listTree(path.join(folder, 'market')).filter(
    (name) => name.endsWith('.tmp') && !name.startsWith('_almanac'),
  );
  expect(left).toEqual([]);
}, 240_000);
