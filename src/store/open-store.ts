import { hostname } from 'node:os';
import path from 'node:path';
import type { Timeframe } from '../market/timeframe.js';
import type { SeriesInfo, Store, StoreStats } from './face.js';
import type { FilePort } from './files/file-port.js';
import { nodeFiles } from './files/node-files.js';
import { asUnreadable, type Unreadable, unreadableError } from './files/unreadable.js';
import { symbolFolder } from './layout.js';
import { listSymbolFolders, listTimeframes } from './list-names.js';
import { openSeries } from './series.js';
import type { StoreContext } from './store-context.js';
import { NOBODY, totalUp } from './summary.js';

export interface StoreOptions {
  readonly files?: FilePort;
  /** The clock for time stamps in sidecars; waiting uses the real one. */
  readonly now?: () => number;
  /** How long a writer waits for another one. */
  readonly lockTimeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Ends a wait for another writer; a commit in hand is finished. */
  readonly waiting?: AbortSignal | undefined;
  /** Told of a symbol's folder that cannot be listed, and is passed over then; without it, it is an error. */
  readonly onUnreadable?: (unreadable: Unreadable) => void;
}

const VERSION = 'almanac 0.1.0';
/** Sidecars in flight while listing: more than the thread pool gains nothing. */
const AT_ONCE = 16;

/** What a cache is worked on with, for those who judge and mend its files themselves. */
export function createContext(folder: string, options: StoreOptions = {}): StoreContext {
  return {
    folder: path.resolve(folder),
    files: options.files ?? nodeFiles,
    now: options.now ?? Date.now,
    writtenBy: VERSION,
    lockTimeoutMs: options.lockTimeoutMs ?? 30_000,
    owner: `pid ${process.pid} on ${hostname()} since ${new Date().toISOString()}`,
    signal: options.signal,
    waiting: options.waiting,
  };
}

/** Opens a cache; an absent folder is an empty one, and nothing is created before the first `put`. */
export function openStore(folder: string, options: StoreOptions = {}): Store {
  const context = createContext(folder, options);
  const { files } = context;

  /** What `otherwise` makes of a symbol's folder that cannot be listed. */
  async function timeframesOr<T>(symbol: string, otherwise: (unreadable: Unreadable) => T): Promise<Timeframe[] | T> {
    try {
      return await listTimeframes(files, context.folder, symbol);
    } catch (error) {
      const unreadable = asUnreadable(error, symbolFolder(context.folder, symbol));
      if (unreadable === undefined) throw error;
      return otherwise(unreadable);
    }
  }

  const timeframes = (symbol: string): Promise<Timeframe[]> =>
    timeframesOr(symbol, (unreadable) => {
      if (options.onUnreadable === undefined) throw unreadableError(unreadable);
      options.onUnreadable(unreadable);
      return [];
    });

  /** One whose folder cannot be listed is named too: whoever asks for its timeframes is told why. */
  async function symbols(): Promise<string[]> {
    const all = await listSymbolFolders(files, context.folder);
    const held = await mapAtOnce(all, async (symbol) => {
      const found = await timeframesOr(symbol, () => undefined);
      return found === undefined || found.length > 0 ? [symbol] : [];
    });
    return held.flat();
  }

  async function all(): Promise<{ symbol: string; timeframe: Timeframe }[]> {
    const symbols = await listSymbolFolders(files, context.folder);
    const nested = await mapAtOnce(symbols, async (symbol) =>
      (await timeframes(symbol)).map((timeframe) => ({ symbol, timeframe })),
    );
    return nested.flat();
  }

  async function list(): Promise<SeriesInfo[]> {
    return mapAtOnce(await all(), ({ symbol, timeframe }) => openSeries(context, symbol, timeframe).info());
  }

  return {
    folder: context.folder,
    timeframes,
    list,
    symbols,
    years: async (symbol, timeframe) => [...(await openSeries(context, symbol, timeframe).info()).years],
    series: (symbol, timeframe) => openSeries(context, symbol, timeframe),
    async stats(): Promise<StoreStats> {
      const byProvider = new Map<string, number>();
      const infos = await list();
      await mapAtOnce(infos, async ({ symbol, timeframe, rows, years }) => {
        if (years.length === 0) return;
        let known = 0;
        for (const { sidecar } of await openSeries(context, symbol, timeframe).years()) {
          for (const range of sidecar?.provenance ?? []) {
            known += range.rows;
            byProvider.set(range.provider, (byProvider.get(range.provider) ?? 0) + range.rows);
          }
        }
        if (rows > known) byProvider.set(NOBODY, (byProvider.get(NOBODY) ?? 0) + rows - known);
      });
      return totalUp(infos, byProvider);
    },
  };
}

async function mapAtOnce<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await map(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return results;
}
