import { mkdir, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

interface Served {
  readonly name: string;
  readonly url: string;
}

/** Bars of the sandbox never share a folder with real ones. Counts from the settings file. */
const CACHE_FOLDER = './sandbox-market';
/** What the servers take for keys: one of the free plan, one of the demo plan. Nobody's own looks like these. */
const KEYS = { alphaVantage: 'freeSandboxKey0001', coingecko: 'CG-SandboxKey0000000000001' } as const;

/** The settings that point every provider at a sandbox: all of them, or none of its bars could be told from real ones. */
export function configFor(servers: readonly Served[]): Readonly<Record<string, unknown>> {
  const urls = new Map(servers.map(({ name, url }) => [name, url]));
  const at = (name: string): string => {
    const url = urls.get(name);
    if (url === undefined) throw new Error(`the sandbox has no server ${name}`);
    return url;
  };
  return {
    cacheDir: CACHE_FOLDER,
    providers: {
      binance: {
        restUrl: at('binance'),
        futuresUrl: at('binance'),
        coinFuturesUrl: at('binance'),
        archiveUrl: at('binance-archive'),
        archiveListUrl: at('binance-archive'),
      },
      deriv: { url: at('deriv'), appId: '1089' },
      yahoo: { url: at('yahoo') },
      'alpha-vantage': { url: at('alpha-vantage'), apiKey: KEYS.alphaVantage, plan: 'free' },
      coingecko: { url: at('coingecko'), plan: 'demo', apiKey: KEYS.coingecko },
      kraken: { url: at('kraken') },
      coinbase: { url: at('coinbase') },
      bitstamp: { url: `${at('bitstamp')}/api/v2` },
    },
  };
}

/** Whole or not at all; a file that is there already is left as it is unless `force` says otherwise. */
export async function writeConfig(file: string, config: unknown, force: boolean): Promise<void> {
  const text = `${JSON.stringify(config, null, 2)}\n`;
  await mkdir(path.dirname(file), { recursive: true });
  if (!force) {
    await writeFile(file, text, { flag: 'wx' });
    return;
  }
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}
