import { AlmanacError } from '../../market/almanac-error.js';
import type { Bars } from '../../market/bars.js';
import { blockSpan } from '../../market/block.js';
import { isLoopback } from '../../market/loopback.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { BlockProvenance } from '../face.js';
import { parseDataName } from '../layout.js';
import type { StoreContext } from '../store-context.js';
import { readSidecar } from '../year/open-year.js';
import { splitBars } from '../year/split-bars.js';

interface Newcomers {
  readonly context: StoreContext;
  readonly folder: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: Bars;
  readonly provenance: BlockProvenance;
}

/**
 * Simulated bars and real ones never share a series. Every write keeps it so, hence any one year that is there
 * speaks for all of them.
 */
export async function assertSameWorld(newcomers: Newcomers): Promise<void> {
  const { context, folder, symbol, timeframe } = newcomers;
  const simulation = assertOneWorld(newcomers);

  for (const { name } of (await context.files.list(folder)) ?? []) {
    const year = parseDataName(name);
    const parsed = year === undefined ? undefined : await readSidecar(context.files, folder, year);
    if (parsed?.state !== 'sound') continue;
    // Rows whose origin was lost with their sidecar speak for neither.
    const known = parsed.sidecar.provenance.filter(
      ({ provider, origin }) => provider !== 'unknown' || origin !== undefined,
    );
    if (known.length === 0) continue;
    const simulated = known.some(isSimulated);
    if (simulated === simulation) return;
    const [there, new_] = simulated ? ['simulated', 'real'] : ['real', 'simulated'];
    throw new AlmanacError(
      'STORE_CONFLICT',
      `${symbol} ${timeframe} in ${context.folder} has ${there} bars, and ${new_} ones never join them`,
      { suggestions: [`--cache-dir with another folder for the ${new_} bars`] },
    );
  }
}

/** Bars of several files may come at once, and they must not be of two worlds either. */
function assertOneWorld({ symbol, timeframe, bars, provenance }: Newcomers): boolean {
  const span = blockSpan(timeframe);
  const worlds = new Set(
    bars.time.length === 0
      ? [isSimulated(provenance(''))]
      : splitBars(span, bars).map(({ period }) => isSimulated(provenance(period))),
  );
  if (worlds.size === 1) return worlds.has(true);
  throw new AlmanacError(
    'STORE_CONFLICT',
    `${symbol} ${timeframe}: these bars are simulated in part, and real in part`,
  );
}

function isSimulated({ origin }: { readonly origin?: string | undefined }): boolean {
  return origin !== undefined && isLoopback(origin);
}
