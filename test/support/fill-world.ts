import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { Timeframe } from '../../src/market/timeframe.js';
import { openStore } from '../../src/store/open-store.js';
import { installPlugins } from './plugin-folder.js';
import { skewedProvider } from './skewed-provider.js';
import { World } from './world.js';

export const NOW = '2025-03-10T12:34:56Z';
const FAST = [{ name: 'minute', max: 100, perMs: 1000 }];

export interface Gap {
  readonly symbol: string;
  readonly interval: string;
  readonly start: string;
  readonly end: string;
  readonly bars: number;
  readonly outcome: string;
  readonly provider: string;
  readonly rowsAdded: number;
  readonly requests: number;
  readonly reason: string;
  readonly until?: string;
}

type Settings = Record<string, unknown> & { providers: Record<string, Record<string, unknown>> };
type Document = { gaps: Gap[]; [name: string]: unknown };

/** CoinGecko on a paid plan: hourly bars since 2018. */
export const pro = (settings: Settings): void => {
  Object.assign(settings.providers.coingecko as object, { plan: 'pro', apiKey: 'CG-proKey000000001' });
};

/** A world with a populated folder, three months of hours and a year of six hours of BTCUSDT, which each test copies. */
export class FillWorld {
  private constructor(
    readonly world: World,
    private readonly root: string,
    private readonly full: string,
  ) {}

  static async start(root: string): Promise<FillWorld> {
    const rateLimits = { demo: { max: 1000, perMs: 1000 }, pro: { max: 1000, perMs: 1000 } };
    const world = await World.start(NOW, { coingecko: { host: 'both', rateLimits } });
    const full = await world.newFolder(root);
    for (const words of ['1h --start-date 2024-12-01', '6h --start-date 2024-01-01']) {
      const run = await world.run(full, `cache populate --symbols BTCUSDT --intervals ${words} --end-date 2025-02-28`);
      expect(run.exit).toBe(0);
    }
    await world.clear();
    return new FillWorld(world, root, full);
  }

  async calm(): Promise<void> {
    await this.world.clearFaults();
    await this.world.clear();
  }

  /** A copy of the full folder with these settings on top. */
  async copyFull(change: (settings: Settings) => void = () => undefined): Promise<string> {
    const folder = await this.world.newFolder(this.root, { limits: { coingecko: { windows: FAST } } });
    cpSync(path.join(this.full, 'market'), path.join(folder, 'market'), { recursive: true });
    const file = path.join(folder, 'almanac.config.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Settings;
    change(settings);
    writeFileSync(file, JSON.stringify(settings));
    return folder;
  }

  /** Its holes are asked of resellers with these options, in this order. */
  async withResellers(...resellers: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
    const ids = resellers.map((_, i) => `reseller${i + 1}`);
    const folder = await this.copyFull((settings) => {
      const url = settings.providers.binance?.restUrl;
      for (const [i, id] of ids.entries()) settings.providers[id] = { url, ...resellers[i] };
      settings.routes = [{ match: 'BTCUSDT', intervals: ['*'], providers: ['binance'], fill: ids }];
    });
    const plugins = ids.map((id) => [`almanac-provider-${id}`, skewedProvider(id)] as const);
    installPlugins(path.join(folder, 'data'), Object.fromEntries(plugins));
    return folder;
  }

  async fill(folder: string, words = '', exit = 0): Promise<Document> {
    const run = await this.world.run(folder, `cache fill-gaps --json${words === '' ? '' : ` ${words}`}`);
    const said = run.exit === exit ? '' : run.stderr + run.stdout;
    expect({ exit: run.exit, said }).toEqual({ exit, said: '' });
    return JSON.parse(run.stdout);
  }

  /** What was asked of a server, or of all. */
  async asked(server?: string): Promise<string[]> {
    const entries = await this.world.entries();
    return entries.filter((each) => server === undefined || each.server === server).map(({ what }) => what);
  }
}

export const seriesIn = (folder: string, timeframe: Timeframe = '1h', symbol = 'BTCUSDT') =>
  openStore(path.join(folder, 'market')).series(symbol, timeframe);

/** The bytes of every block, by its period. */
export async function blocksOf(folder: string, timeframe: Timeframe = '1h'): Promise<Map<string, string>> {
  const blocks = new Map<string, string>();
  for (const { year, sidecar } of await seriesIn(folder, timeframe).years()) {
    const file = readFileSync(path.join(folder, 'market', 'BTCUSDT', timeframe, `${year}.csv.gz`));
    for (const { period, offset, length } of sidecar?.blocks ?? [])
      blocks.set(period, file.subarray(offset, offset + length).toString('base64'));
  }
  return blocks;
}

/** Gaps that the report on disk tells of, but for the end that was never fetched. */
export function reportedGaps(folder: string, interval: string): string[] {
  const report = JSON.parse(readFileSync(path.join(folder, 'market', 'validate-metadata.json'), 'utf8'));
  type Year = { readonly gaps: readonly { readonly kind: string; readonly start: string; readonly bars: number }[] };
  const years: Year[] = report.series.find((each: Gap) => each.interval === interval).years;
  return years
    .flatMap(({ gaps }) => gaps)
    .filter(({ start }) => start < '2025-03-01')
    .map(({ kind, start, bars }) => `${kind} ${start} ${bars}`);
}
