import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Oclif's data folder with plugins in it as `plugins install` would have left them: `ALMANAC_DATA_DIR` points there.
 * Each is one file of JavaScript that exports `providers`, or whatever else it does.
 */
export function installPlugins(dataDir: string, plugins: Readonly<Record<string, string>>): void {
  const names = Object.keys(plugins);
  for (const name of names) {
    const folder = path.join(dataDir, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    const hooks = { providers: { target: './index.js', identifier: 'providers' } };
    write(path.join(folder, 'package.json'), { name, version: '1.2.3', type: 'module', oclif: { hooks } });
    writeFileSync(path.join(folder, 'index.js'), plugins[name] as string);
  }
  const listed = names.map((name) => ({ name, type: 'user' }));
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.2.3']));
  write(path.join(dataDir, 'package.json'), { private: true, oclif: { schema: 1, plugins: listed }, dependencies });
}

function write(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content));
}

/** A whole provider in plain JavaScript, as somebody without our types would write it. */
export function providerCode(id: string, more = ''): string {
  return `
const options = { '~standard': { version: 1, vendor: 'own', validate: (value) => ({ value: value ?? {} }) } };
const provider = {
  api: 1, id: '${id}', title: '${id}', options,
  credentials: [{ option: 'secret', env: ['${id.toUpperCase()}_KEY'], required: true, url: 'https://${id}.example/keys' }],
  capabilities: () => ({
    markets: [{ assetClass: 'crypto', volume: 'real', timeframes: [{ timeframe: '1h', barsPerRequest: 10, reach: { age: 86400000 } }] }],
    limits: { pools: { main: { concurrency: 1, windows: [{ name: 'minute', max: 6, perMs: 60000 }] } } },
    hosts: ['https://${id}.example'],
  }),
  instrument: () => undefined,
  async *bars() {},
  samples: { known: { symbol: 'X', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' }, unknown: 'Y' },
  ${more}
};
export const providers = async () => [provider];
`;
}
