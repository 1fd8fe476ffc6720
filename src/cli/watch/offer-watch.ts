import { AlmanacError } from '../../market/almanac-error.js';
import { canAsk, confirm } from '../input/confirm.js';
import type { View } from '../terminal/view.js';
import { openWatchFile } from './save-watch.js';

/** To begin with: something that can be fetched without a key, and small. */
const EXAMPLE = { symbols: ['BTCUSDT', 'ETHUSDT'], timeframes: ['1h', '1d'], start: Date.UTC(2024, 0, 1) } as const;

/** Nothing was named and nothing is watched: says what to type, and offers a person to write a first list. */
export async function offerWatch(found: string | undefined, view: View, signal: AbortSignal): Promise<string> {
  const target = canAsk(view.json) ? await openWatchFile(found, process.cwd()).catch(() => undefined) : undefined;
  if (
    target === undefined ||
    !(await confirm(`Nothing is watched yet. Write a first list into ${target.file}?`, signal))
  )
    throw new AlmanacError('USAGE', 'nothing was named, and the settings have no watch list', {
      suggestions: [
        'almanac cache populate --symbols BTCUSDT,ETHUSDT --intervals 1h,1d --start-date 2024-01-01',
        'the same with --save, and from then on `almanac cache populate` alone keeps them up to date',
      ],
    });
  await target.save([EXAMPLE]);
  view.print([`Wrote a watch list into ${target.file}`, '  Next: look at it, then almanac cache populate']);
  return target.file;
}
