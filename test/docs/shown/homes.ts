import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import { cutRows } from '../../support/cut-rows.js';
import { World } from '../../support/world.js';
import { writeOldCaches } from './old-caches.js';
import { makePrograms, typeLine } from './typist.js';
import type { Home, Way } from './ways.js';

const NOW = '2025-03-10T12:34:56Z';
/** So that `almanac cache populate` alone knows what is wanted. */
const WATCH = { watch: [{ symbols: ['SOLUSDT', 'AAPL'], intervals: ['1d'], since: '2025-01-01' }] };
const FILL = [
  'almanac cache populate --symbols BTCUSDT --intervals 1h,1d --start-date 2024-01-01',
  'almanac cache populate --symbols AAPL --intervals 1d --start-date 2024-01-01',
  'almanac cache populate --symbols R_100 --intervals 1h --start-date 2025-02-01',
];
/** Of yesterday: CoinGecko's free plan has hours of no other day. */
const HOLE = ['2025-03-09T21:00:00Z', '2025-03-10T02:00:00Z'] as const;
/** The last day of one month, and of another half a year on. */
const MINUTES = ['2024-05-31', '2024-11-30'].map(
  (day) => `almanac cache populate --symbols BTCUSDT --intervals 1m --start-date ${day} --end-date ${day}`,
);
const PRICES = `date,open,high,low,close,volume\n${['00', '01', '02'].map((hour) => `2019-01-01 ${hour}:00:00,1,2,0.5,1,7\n`).join('')}`;

/** The homes that shown commands are typed in; each is made once, and a command gets a copy of its own. */
export class Homes {
  readonly #made = new Map<Home, Promise<string>>();
  readonly #bin: string;
  #world: Promise<World> | undefined;

  constructor(private readonly root: string) {
    this.#bin = makePrograms(root);
  }

  async close(): Promise<void> {
    await (await this.#world)?.close();
  }

  async type(line: string, way: Pick<Way, 'home' | 'answer'>): Promise<Awaited<ReturnType<typeof typeLine>>> {
    const folder = mkdtempSync(path.join(this.root, `${way.home}-`));
    cpSync(await this.#home(way.home), folder, { recursive: true, preserveTimestamps: true });
    return this.#type(way.answer === undefined ? line : `${line} ${way.answer}`, folder);
  }

  #type(line: string, folder: string): ReturnType<typeof typeLine> {
    const env = { ALMANAC_NOW: NOW, ALMANAC_STORE: '', ALMANAC_CONFIG_DIR: folder };
    return typeLine(line, folder, this.#bin, { ...env, ALMANAC_DATA_DIR: path.join(folder, 'data') });
  }

  #home(home: Home): Promise<string> {
    const made = this.#made.get(home) ?? this.#make(home);
    this.#made.set(home, made);
    return made;
  }

  async #make(home: Home): Promise<string> {
    const folder = mkdtempSync(path.join(this.root, 'first-'));
    if (home === 'empty') return folder;
    if (home === 'old' || home === 'migrated') return this.#makeOld(folder, home);
    this.#world ??= World.start(NOW);
    await (await this.#world).settle(folder, WATCH);
    writeFileSync(path.join(folder, 'prices.csv'), PRICES);
    if (home === 'filled') await this.#fill(folder);
    if (home === 'minutes') await this.#fetch(folder, MINUTES);
    if (home === 'declared') declare(folder);
    return folder;
  }

  /** No servers: nobody is asked for what is there already. */
  async #makeOld(folder: string, home: Home): Promise<string> {
    writeFileSync(path.join(folder, 'almanac.config.json'), '{ "cacheDir": "./market" }');
    writeOldCaches(folder);
    if (home === 'migrated')
      expect(await this.#type('almanac cache migrate --from ~/old-cache', folder)).toMatchObject({ exit: 4 });
    return folder;
  }

  async #fetch(folder: string, lines: readonly string[]): Promise<void> {
    for (const line of lines) expect(await this.#type(line, folder)).toMatchObject({ exit: 0 });
  }

  async #fill(folder: string): Promise<void> {
    await this.#fetch(folder, FILL);
    expect(await cutRows(folder, 'BTCUSDT', '1h', ...HOLE)).toBe(5);
  }
}

/** The exchange that docs/DECLARED-PROVIDERS.md imagines: Coinbase's form under another name. */
function declare(folder: string): void {
  const settings = JSON.parse(readFileSync(path.join(folder, 'almanac.config.json'), 'utf8'));
  const shipped = new URL('../../../config/providers/coinbase.json', import.meta.url);
  const file = { ...JSON.parse(readFileSync(shipped, 'utf8')), id: 'my-exchange', name: 'My Exchange' };
  mkdirSync(path.join(folder, 'providers'));
  writeFileSync(
    path.join(folder, 'providers', 'my-exchange.json'),
    JSON.stringify({ ...file, baseUrl: settings.providers.coinbase.url }),
  );
}
