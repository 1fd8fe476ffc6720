import { readFile } from 'node:fs/promises';
import { AlmanacError } from '../market/almanac-error.js';
import type { OutageRegister } from '../market/outages.js';

/** Beside `dist/` and `src/` alike, and among the package's files. */
const OURS = new URL('../../config/outages.json', import.meta.url);

/** The register that comes with the program, or another, checked. A wrong one is a mistake, never an empty register. */
export async function readOutages(file: string | URL = OURS): Promise<OutageRegister> {
  const shown = file instanceof URL ? file.pathname : file;
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new AlmanacError('CONFIG_INVALID', `the register of outages ${shown} cannot be read: ${cause.message}`);
  });
  const { parseOutages } = await import('./outage-schema.js');
  return parseOutages(text, shown);
}
