import { EXIT, OUTCOMES } from '../exit-codes.js';
import { cleanText } from '../terminal/text.js';
import type { View } from '../terminal/view.js';
import type { Left } from './leaving.js';
import { statusOfLeft } from './leaving-document.js';
import { describeLeaving } from './leaving-table.js';

/** Where everything is now, how it comes back and how its room is freed; sets the exit status. */
export function showLeft(left: readonly Left[], view: View): void {
  const gone = left.filter(({ ids }) => ids.length > 0);
  if (gone.length > 0) {
    view.print([
      `Moved ${describeLeaving(gone.map(({ leaving }) => leaving))}, to quarantine. Nothing is deleted:`,
      ...gone.flatMap(({ leaving: { symbol, timeframe }, ids, cut }) =>
        ids.map((id) => {
          const back = `almanac cache restore ${id}${id === cut ? ' --force' : ''}`;
          const what = `${cleanText(symbol)} ${timeframe}`;
          return `  ${back}  ${what}${id === cut ? ', the year that was cut' : ''}`;
        }),
      ),
      '  almanac cache cleanup --purge-quarantine --older-than 30d  frees the room',
    ]);
  }
  const failed = left.flatMap(({ error }) => error ?? []);
  for (const { message } of failed) view.told.error(message);
  for (const suggestion of new Set(failed.flatMap(({ suggestions }) => suggestions)))
    view.told.info(`Try: ${suggestion}`);
  const status = statusOfLeft(left);
  const [first] = failed;
  if (status === 'partial') process.exitCode = EXIT.partial;
  if (status === 'failed' && first !== undefined) process.exitCode = OUTCOMES[first.code as keyof typeof OUTCOMES].exit;
}
