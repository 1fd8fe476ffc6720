import { formatInstant } from '../../market/instant.js';
import { createPaint } from '../terminal/paint.js';
import { cutCells } from '../terminal/text.js';
import type { View } from '../terminal/view.js';
import type { FilledGap } from './fill-document.js';

type Event =
  | { readonly kind: 'planned'; readonly gaps: number; readonly series: number }
  | { readonly kind: 'gap'; readonly gap: FilledGap; readonly done: number; readonly total: number };

/** On a terminal one line that is redrawn; elsewhere one line for every finished gap. */
export function watchFill({ quiet, json, err, told, logFormat }: View): { report(event: Event): void; end(): void } {
  const { stderr } = process;
  const silent = quiet || (json && err.live && logFormat !== 'json');
  let drawn = false;
  const clear = (): void => {
    if (drawn) stderr.write('\r\u001b[K');
    drawn = false;
  };
  return {
    report(event) {
      if (silent || event.kind !== 'gap') return;
      const { done, total, gap } = event;
      const { symbol, timeframe, start, end, outcome, rowsAdded } = gap;
      if (logFormat === 'json') {
        const { bars, provider = null, requests, reason } = gap;
        const range = { from: formatInstant(start), to: formatInstant(end) };
        told.info(`${symbol} ${timeframe} ${range.from}/${range.to}: ${outcome}, ${rowsAdded} rows`, {
          ...{ symbol, interval: timeframe, ...range, outcome, provider, bars, rowsAdded },
          ...{ requests, reason, done, total },
        });
        return;
      }
      const what = `[${done}/${total}] ${symbol} ${timeframe}`;
      if (err.redraws) {
        clear();
        stderr.write(createPaint(err.colour).dim(cutCells(`${what} ${outcome}`, err.width)));
        drawn = true;
      } else {
        stderr.write(`${what} ${formatInstant(start)}/${formatInstant(end)}: ${outcome}, ${rowsAdded} rows\n`);
      }
    },
    end: clear,
  };
}
