import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openStore } from '../../dist/index.js';
import { runAlmanac } from '../run-almanac.js';
import { startServer } from '../servers/start-server.js';

/** Two years, the first of them a leap year, with a tick every two seconds. */
const ROWS = 731 * 43_200;
const WANTED = ['--symbols', 'R_100', '--intervals', 'ticks', '--start-date', '2024-01-01', '--end-date', '2025-12-31'];
/** The server of the bench has no limits, and none is what is measured. */
const LIMITS = {
  concurrency: 8,
  windows: [
    { name: 'minute', max: 1_000_000, perMs: 60_000 },
    { name: 'hour', max: 1_000_000, perMs: 3_600_000 },
  ],
};

/** Thirty million ticks through the command, once: it is the memory that counts. */
export async function measurePopulateTicks({ folder }) {
  const server = await startServer('ticks.js');
  try {
    const cache = join(folder, 'ticks');
    const config = join(folder, 'ticks.json');
    const settings = { cacheDir: cache, providers: { deriv: { url: server.url } }, limits: { deriv: LIMITS } };
    await writeFile(config, JSON.stringify(settings));
    const start = performance.now();
    const peak = runAlmanac(['cache', 'populate', ...WANTED, '--quiet'], { config, now: '2026-01-02T00:00:00Z' });
    const ms = performance.now() - start;
    const { rows, bytes } = await openStore(cache).series('R_100', 'ticks').info();
    if (rows !== ROWS) throw new Error(`stored ${rows} ticks of ${ROWS}`);
    const size = `${rows.toLocaleString('en-US')} ticks, ${(bytes / 1e6).toFixed(0)} MB of gzip`;
    return {
      title: 'Two years of ticks, from a server on this machine',
      rows: [{ name: 'almanac cache populate, once', ms }],
      note: `${size}; almanac's most memory: ${(peak / 1e6).toFixed(0)} MB`,
      figures: { ticksMegabytes: peak / 1e6 },
    };
  } finally {
    server.close();
  }
}
