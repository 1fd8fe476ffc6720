import { AlmanacError } from '../../market/almanac-error.js';
import { OHLCV, TICK } from '../../market/bars.js';
import type { Series } from '../../store/face.js';

/** The value columns to read: those asked for, checked against what the series has, or all of them. */
export async function chooseColumns(series: Series, asked: readonly string[] | undefined): Promise<readonly string[]> {
  const sidecars = (await series.years()).flatMap(({ sidecar }) => sidecar ?? []);
  const named = new Set(sidecars.flatMap((sidecar) => sidecar.columns.slice(1)));
  const known: readonly string[] = named.size > 0 ? [...named] : series.timeframe === 'ticks' ? TICK : OHLCV;
  if (asked === undefined) return known;
  const repeated = asked.find((name, i) => asked.indexOf(name) < i);
  if (repeated !== undefined)
    throw new AlmanacError('USAGE', `--columns names ${repeated} more than once; each column is given once`, {
      suggestions: [`--columns ${[...new Set(asked)].join(',')}`],
    });
  const unknown = asked.find((name) => name !== 'timestamp' && !known.includes(name));
  if (unknown === undefined || named.size === 0) return asked.filter((name) => name !== 'timestamp');
  throw new AlmanacError('USAGE', `${series.symbol} ${series.timeframe} has no column ${JSON.stringify(unknown)}`, {
    suggestions: [`--columns ${known.join(',')}`],
  });
}
