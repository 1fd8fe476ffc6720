import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@oclif/core/config';
import { loadAll } from '../open-sources.js';
import { providersFile } from './find-names.js';

/** To ask plugins costs more than a press of a key may, and runs code of others: so their ids are kept in a file. */
export async function noteProviders(config: Config): Promise<readonly string[]> {
  const { providers } = await loadAll(config);
  const ids = providers.map(({ provider }) => provider.id);
  const file = providersFile(config.cacheDir);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, ids.map((id) => `${id}\n`).join(''));
  return ids;
}
