import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../dist/index.js';
import { race, runProgram } from '../measure.js';
import { runPython } from '../rival.js';
import { runAlmanac } from '../run-almanac.js';
import { startServer } from '../servers/start-server.js';

const SHELL_RIVAL = fileURLToPath(new URL('../rivals/populate.sh', import.meta.url));
/** The leap year's minutes, without the 27 of an outage: where no rung has them, the command says so by its status. */
const ROWS = 366 * 1440 - 27;
const PARTIAL = 4;
const WANTED = ['--symbols', 'BTCUSDT', '--intervals', '1m', '--start-date', '2024-01-01', '--end-date', '2024-12-31'];

/** The main job, from cold: twelve zips from a server on this machine, down to a year on the disk. */
export async function measurePopulate({ folder, slowRounds }) {
  const server = await startServer('archive.js');
  try {
    const zips = join(folder, 'zips');
    await bakeZips(server.url, zips);
    const cache = join(folder, 'populate');
    const config = join(folder, 'populate.json');
    const { url, restUrl } = server;
    const binance = { restUrl, archiveUrl: url, archiveListUrl: url };
    await writeFile(config, JSON.stringify({ cacheDir: cache, providers: { binance } }));
    const peaks = [];
    const populate = async () => {
      await rm(cache, { recursive: true, force: true });
      const options = { config, now: '2025-03-10T00:00:00Z', expected: PARTIAL };
      peaks.push(runAlmanac(['cache', 'populate', ...WANTED, '--quiet'], options));
    };
    const target = join(folder, 'rival.csv.gz');
    const shell = (level) => () => runProgram('sh', [SHELL_RIVAL, zips, target, level]);
    const tools = ['sha256sum', 'unzip', 'gzip'].filter((tool) => spawnSync('which', [tool]).status !== 0);
    const contestants = [{ name: 'almanac cache populate, the whole command', run: populate }];
    if (tools.length === 0) {
      contestants.push({ name: 'sha256sum, unzip -p | gzip, of zips on the disk', run: shell(6) });
      contestants.push({ name: 'the same at gzip level 4', run: shell(4) });
    }
    const raced = await race(contestants, slowRounds, 1);
    const { rows } = await openStore(cache).series('BTCUSDT', '1m').info();
    if (rows !== ROWS) throw new Error(`stored ${rows} rows of ${ROWS}`);
    if (tools.length > 0) raced.push({ name: `the plain tools: there is no ${tools.join(', no ')} here` });
    const script = (level, label) =>
      runPython('pandas', 'populate_pandas.py', label, [server.url, target, slowRounds, level]);
    const pandas = script(9, ' + urllib + zipfile, as typed');
    const level4 = script(4, ', the same at gzip level 4');
    const peak = Math.max(...peaks);
    return {
      title: 'Twelve monthly archives of 1m',
      rows: [...raced, pandas, level4],
      note: `almanac's most memory: ${(peak / 1e6).toFixed(0)} MB`,
      figures: { populate: raced[0].ms, plainTools: raced[1].ms, pandasPopulate: pandas.ms },
    };
  } finally {
    server.close();
  }
}

/** The server makes a zip when it is first asked for: that is over before a clock starts. */
async function bakeZips(url, folder) {
  await mkdir(folder);
  for (let month = 1; month <= 12; month++) {
    const name = `BTCUSDT-1m-2024-${String(month).padStart(2, '0')}.zip`;
    const address = `${url}/data/spot/monthly/klines/BTCUSDT/1m/${name}`;
    await writeFile(join(folder, name), await fetchBytes(address));
    await fetchBytes(`${address}.CHECKSUM`);
  }
}

async function fetchBytes(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address} answered ${reply.status}`);
  return Buffer.from(await reply.arrayBuffer());
}
