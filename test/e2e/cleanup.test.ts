import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashYears } from '../support/file-hashes.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

const root = temporaryFolder();
const POPULATE =
  'cache populate --symbols BTCUSDT,ETHUSDT --intervals 1h --start-date 2023-11-01 --end-date 2024-02-29';
let world: World;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z');
});
afterAll(() => world.close());

describe('a damaged cache', () => {
  it('is mended, and the next populate makes it what it was', async () => {
    const folder = await world.newFolder(root);
    const market = path.join(folder, 'market');
    const at = (name: string): string => path.join(market, name);
    expect((await world.run(folder, POPULATE)).exit).toBe(0);
    const before = hashYears(market);
    expect(Object.keys(before)).toHaveLength(4);

    // A bit, a cut end, zeros; and an ETHUSDT year whose sidecar is gone, so that nothing says where its rows came from.
    const bytes = readFileSync(at('BTCUSDT/1h/2024.csv.gz'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    writeFileSync(at('BTCUSDT/1h/2024.csv.gz'), bytes);
    truncateSync(at('BTCUSDT/1h/2023.csv.gz'), 12_000);
    writeFileSync(at('ETHUSDT/1h/2023.csv.gz'), Buffer.alloc(20_000));
    rmSync(at('ETHUSDT/1h/2024.metadata.json'));

    const found = await world.run(folder, 'cache cleanup --json');
    expect(found.exit).toBe(3);
    expect(JSON.parse(found.stdout).series).toHaveLength(2);
    const mended = await world.run(folder, 'cache cleanup --cleanup --json');
    expect({ exit: mended.exit, stderr: mended.exit === 0 ? '' : mended.stderr }).toEqual({ exit: 0, stderr: '' });
    expect(JSON.parse(mended.stdout)).toMatchObject({ status: 'complete', repaired: 4, quarantined: 4 });
    expect(hashYears(market)).not.toEqual(before);

    const again = await world.run(folder, POPULATE);
    expect({ exit: again.exit, stderr: again.exit === 0 ? '' : again.stderr }).toEqual({ exit: 0, stderr: '' });
    expect(hashYears(market)).toEqual(before);
    expect((await world.run(folder, 'cache cleanup')).exit).toBe(0);
  }, 60_000);
});
