import { AlmanacError } from '../../market/almanac-error.js';
import { isLoopback } from '../../market/loopback.js';
import type { PutProvenance } from '../face.js';
import { parseDataName } from '../layout.js';
import type { StoreContext } from '../store-context.js';
import { readSidecar } from '../year/open-year.js';

interface Newcomers {
  readonly context: StoreContext;
  readonly folder: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly provenance: PutProvenance;
}

/**
 * Simulated bars and real ones never share a series. Every write keeps it so, hence any one year that is there
 * speaks for all of them.
 */
export async function assertSameWorld({ context, folder, symbol, timeframe, provenance }: Newcomers): Promise<void> {
  for (const { name } of (await context.files.list(folder)) ?? []) {
    const year = parseDataName(name);
    const parsed = year === undefined ? undefined : await readSidecar(context.files, folder, year);
    if (parsed?.state !== 'sound' || parsed.sidecar.provenance.length === 0) continue;
    const simulated = parsed.sidecar.provenance.some(isSimulated);
    if (simulated === isSimulated(provenance)) return;
    const [there, new_] = simulated ? ['simulated', 'real'] : ['real', 'simulated'];
    throw new AlmanacError(
      'STORE_CONFLICT',
      `${symbol} ${timeframe} in ${context.folder} has ${there} bars, and ${new_} ones never join them`,
      { suggestions: [`--cache-dir with another folder for the ${new_} bars`] },
    );
  }
}

function isSimulated({ origin }: { readonly origin?: string | undefined }): boolean {
  return origin !== undefined && isLoopback(origin);
}
