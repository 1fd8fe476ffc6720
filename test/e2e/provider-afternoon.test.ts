import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sliceRows } from '../../src/market/bars.js';
import { openStore } from '../../src/store/open-store.js';
import { Stranger } from '../support/stranger.js';
import { temporaryFolder } from '../support/temp-folder.js';

const PACKAGE = 'almanac-provider-my-exchange';
const home = temporaryFolder();
const folder = path.join(home, 'work', PACKAGE);
let stranger: Stranger;

beforeAll(async () => {
  stranger = await Stranger.arrive(home);
});
afterAll(() => stranger.leave());

async function type(lines: string, exit = 0): Promise<string> {
  const run = await stranger.type(lines, home);
  expect({ lines, ...run }).toMatchObject({ lines, exit });
  return run.stdout;
}

const ask = async (lines: string, exit = 0) => JSON.parse(await type(`${lines} --json`, exit));
const series = (cache: string) => openStore(path.join(home, cache)).series('BTCUSD', '1h');

it('a stranger writes a provider, proves it, packs it, installs it, and is served by it', async () => {
  // Written, built and proved.
  const { files, next } = await ask(`almanac providers init my-exchange --dir work/${PACKAGE}`);
  expect(files).toEqual(
    expect.arrayContaining(['.gitignore', '.github/workflows/ci.yml', 'README.md', 'src/index.ts']),
  );
  expect(next).toHaveLength(3);
  await type(`cd work/${PACKAGE}; npm install --ignore-scripts; npm run build`);
  const report = await ask(`almanac providers check ./work/${PACKAGE}`);
  expect(report).toMatchObject({ schemaVersion: 1, provider: 'my-exchange', status: 'pass' });
  const untried = report.rules.filter(({ outcome }: { outcome: string }) => outcome !== 'pass');
  expect(untried.map(({ rule }: { rule: string }) => rule.replace(/-.*/, ''))).toEqual(Array(4).fill('archive'));

  // Packed with nothing in it but what runs, and let in.
  const [packed] = JSON.parse(await type(`cd work/${PACKAGE}; npm pack --json --ignore-scripts`));
  const strays = packed.files.filter(
    ({ path: file }: { path: string }) => !/^(dist\/src\/.*\.(js|d\.ts)|README\.md|package\.json)$/.test(file),
  );
  expect(strays).toEqual([]);
  const tarball = path.join(folder, packed.filename);
  const before = (await ask('almanac providers list')).providers.map(({ id }: { id: string }) => id);
  const installed = await ask(`almanac plugins install 'file:${tarball}' --yes-i-trust-it`);
  expect(installed).toMatchObject({ providers: ['my-exchange'], faults: [] });
  const { providers } = await ask('almanac providers list');
  expect(providers.find(({ id }: { id: string }) => id === 'my-exchange')).toMatchObject({
    title: 'My Exchange',
    key: 'optional',
    plugin: { name: PACKAGE, version: '0.1.0', type: 'user' },
  });

  // Its bars are stored, from its own little server.
  const said = await stranger.leaveRunning('node dist/test/serve.js', folder, /until Ctrl-C/, { PORT: '0' });
  const url = /http:\S+/.exec(said)?.[0];
  const settle = (more: object): void => {
    const settings = { providers: { 'my-exchange': { url } }, ...more };
    writeFileSync(path.join(home, 'almanac.config.json'), JSON.stringify(settings));
  };
  settle({ cacheDir: './market' });
  const range = '--symbols BTCUSD --intervals 1h --start-date 2024-03-01 --end-date 2024-03-10';
  const populated = await ask(`almanac cache populate --provider my-exchange ${range}`);
  expect(populated.series[0]).toMatchObject({ provider: 'my-exchange', rowsAdded: 240, requests: 1 });
  const bars = await series('market').read();
  expect([bars.time.length, bars.time[0]]).toEqual([240, Date.parse('2024-03-01')]);

  // Of another's series with a hole it closes the hole, because the settings say so.
  const routes = [{ match: '*USD', intervals: ['*'], providers: ['binance'], fill: ['my-exchange'] }];
  settle({ cacheDir: './holed', routes });
  const elsewhere = { provider: 'binance', via: 'live', fetchedAt: new Date().toISOString(), derived: false } as const;
  const origin = { ...elsewhere, origin: '127.0.0.1' };
  for (const part of [sliceRows(bars, 0, 99), sliceRows(bars, 105, 240)]) await series('holed').put(part, origin);
  const { gaps } = await ask('almanac cache fill-gaps --symbols BTCUSD --intervals 1h --max-gap-hours 24');
  expect(gaps).toMatchObject([{ bars: 6, outcome: 'filled', provider: 'my-exchange', rowsAdded: 6 }]);
  // Prices to the last digit; a volume that is not the other's stays empty.
  expect((await series('holed').read()).values.slice(0, 4)).toEqual(bars.values.slice(0, 4));

  // And away with it.
  await type(`almanac plugins uninstall ${PACKAGE}`);
  expect((await ask('almanac providers list')).providers.map(({ id }: { id: string }) => id)).toEqual(before);
  const left = readdirSync(stranger.dataDir, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => name.includes('my-exchange') || name.includes('zod'))).toEqual([]);
  const texts = left.filter((name) => name.endsWith('.json')).map((name) => path.join(stranger.dataDir, name));
  expect(texts.filter((file) => readFileSync(file, 'utf8').includes('my-exchange'))).toEqual([]);
}, 60_000);
