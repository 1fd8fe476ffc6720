import { createMarket, type SandboxMarket } from './market/create-market.js';
import type { AlphaVantageOptions } from './servers/alpha-vantage/options.js';
import { startAlphaVantage } from './servers/alpha-vantage/start-alpha-vantage.js';
import type { BinanceOptions } from './servers/binance/options.js';
import { startBinance } from './servers/binance/start-binance.js';
import { type ArchiveOptions, startBinanceArchive } from './servers/binance-archive/start-binance-archive.js';
import { startBitstamp } from './servers/bitstamp/start-bitstamp.js';
import { startCoinbase } from './servers/coinbase/start-coinbase.js';
import type { CoinGeckoOptions } from './servers/coingecko/options.js';
import { startCoinGecko } from './servers/coingecko/start-coingecko.js';
import { createFaults, type FaultPlan, type PlannedFault } from './servers/create-faults.js';
import { createLog } from './servers/create-log.js';
import type { DerivOptions } from './servers/deriv/options.js';
import { startDeriv } from './servers/deriv/start-deriv.js';
import { startKraken } from './servers/kraken/start-kraken.js';
import type { RateOptions } from './servers/rate-options.js';
import type { LoggedRequest, RequestLog, ServerParts, WireServer } from './servers/server.js';
import type { YahooOptions } from './servers/yahoo/options.js';
import { startYahoo } from './servers/yahoo/start-yahoo.js';

type Start = (parts: ServerParts, options: SandboxOptions) => Promise<WireServer>;

/** In the order of their ports. */
const SERVERS = {
  binance: (parts, { binance }) => startBinance({ ...parts, ...binance }),
  'binance-archive': (parts, options) => startBinanceArchive({ ...parts, ...options['binance-archive'] }),
  deriv: (parts, { deriv }) => startDeriv({ ...parts, ...deriv }),
  yahoo: (parts, { yahoo }) => startYahoo({ ...parts, ...yahoo }),
  'alpha-vantage': (parts, options) => startAlphaVantage({ ...parts, ...options['alpha-vantage'] }),
  coingecko: (parts, { coingecko }) => startCoinGecko({ ...parts, ...coingecko }),
  kraken: (parts, { kraken }) => startKraken({ ...parts, ...kraken }),
  coinbase: (parts, { coinbase }) => startCoinbase({ ...parts, ...coinbase }),
  bitstamp: (parts, { bitstamp }) => startBitstamp({ ...parts, ...bitstamp }),
} as const satisfies Readonly<Record<string, Start>>;

export type ServerName = keyof typeof SERVERS;

const NAMES = Object.keys(SERVERS) as readonly ServerName[];

export interface SandboxOptions {
  readonly seed?: number;
  /** The simulated world's clock; the real one when absent. */
  readonly now?: () => number;
  /** The first of a row of ports, one a server; any free ones when absent. */
  readonly port?: number;
  readonly ports?: Readonly<Partial<Record<ServerName, number>>>;
  /** Which to start; all when absent. */
  readonly servers?: readonly ServerName[];
  readonly faults?: readonly PlannedFault[];
  readonly onRequest?: (request: LoggedRequest) => void;
  /** What each server can be told besides. */
  readonly binance?: BinanceOptions;
  readonly 'binance-archive'?: ArchiveOptions;
  readonly deriv?: DerivOptions;
  readonly yahoo?: YahooOptions;
  readonly 'alpha-vantage'?: AlphaVantageOptions;
  readonly coingecko?: CoinGeckoOptions;
  readonly kraken?: RateOptions;
  readonly coinbase?: RateOptions;
  readonly bitstamp?: RateOptions;
}

export interface Sandbox {
  readonly market: SandboxMarket;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  readonly servers: readonly WireServer[];
  /** By the server's name. */
  readonly urls: Readonly<Record<ServerName, string>>;
  close(): Promise<void>;
}

/** Every wire server, on one market and one clock. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const market = createMarket({ seed: options.seed ?? 1 });
  const log = createLog(options.onRequest);
  const faults = createFaults(options.faults);
  const parts: ServerParts = { market, now: options.now ?? Date.now, log, faults };
  const servers: WireServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    for (const [row, name] of NAMES.entries()) {
      if (options.servers?.includes(name) === false) continue;
      const port = options.ports?.[name] ?? (options.port === undefined ? 0 : options.port + row);
      servers.push(await SERVERS[name]({ ...parts, port }, options));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const urls = Object.fromEntries(servers.map(({ name, url }) => [name, url])) as Record<ServerName, string>;
  return { market, log, faults, servers, urls, close };
}
