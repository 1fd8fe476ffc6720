import { AlmanacError } from '../../market/almanac-error.js';
import type { Demand } from '../input/demand.js';
import type { Demands } from '../input/read-demands.js';
import type { View } from '../terminal/view.js';
import type { WatchFile } from './save-watch.js';

interface Served {
  readonly asks: readonly { readonly symbol: string }[];
}

/** `--save` makes no sense without something typed; found out before any work. */
export function assertSavable({ from }: Demands): void {
  if (from !== 'watch') return;
  throw new AlmanacError('USAGE', '--save adds what is typed to the watch list, and nothing was named', {
    suggestions: ['almanac cache populate --symbols BTCUSDT --intervals 1h,1d --save'],
  });
}

/** Adds what somebody serves to the watch list: a name nobody knows would be asked for, in vain, for ever. */
export async function saveDemands(
  target: WatchFile,
  { demands }: Demands,
  { asks }: Served,
  lost: readonly string[],
  { told }: View,
): Promise<void> {
  const known = new Set(asks.map(({ symbol }) => symbol));
  const kept = demands.flatMap((each): Demand[] => {
    const symbols = each.symbols.filter((symbol) => symbol.includes('*') || known.has(symbol));
    return symbols.length === 0 ? [] : [{ ...each, symbols }];
  });
  const changed = kept.length > 0 && (await target.save(kept));
  told.info(changed ? `Added to the watch list in ${target.file}` : `The watch list in ${target.file} stays as it was`);
  if (lost.length > 0) told.warn(`a watch list keeps no ${lost.join(' and no ')}`);
}
