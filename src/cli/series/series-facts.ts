import type { Timeframe } from '../../market/timeframe.js';
import { formatBytes, formatCount, formatMoment } from '../terminal/format.js';
import { cleanText } from '../terminal/text.js';

interface Facts {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly assetClass: string;
  readonly years: readonly number[];
  readonly rows: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly bytes: number;
}

interface Source {
  readonly provider: string;
  readonly via: string;
  readonly rows: number;
}

/** The head of `cache info`: one fact a line, and whom the rows came from. */
export function describeSeries(facts: Facts, sources: readonly Source[], folder: string): string[] {
  const { symbol, timeframe, assetClass, years, rows, first, last, bytes } = facts;
  const reach =
    first === undefined || last === undefined ? 'empty' : `${formatMoment(first)} to ${formatMoment(last)} UTC`;
  return [
    `${cleanText(symbol)} ${timeframe}  ${assetClass}`,
    `${reach}, ${formatCount(rows)} rows in ${years.length} ${years.length === 1 ? 'year' : 'years'}, ${formatBytes(bytes)}`,
    ...describeSources(sources),
    `in ${folder}`,
  ];
}

function describeSources(sources: readonly Source[]): string[] {
  const totals = new Map<string, number>();
  for (const { provider, via, rows } of sources) {
    const name = provider === via ? provider : `${provider} (${via})`;
    totals.set(name, (totals.get(name) ?? 0) + rows);
  }
  if (totals.size === 0) return ['from whom is not known'];
  const parts = [...totals]
    .sort((a, b) => b[1] - a[1])
    .map(([name, rows]) => `${cleanText(name)} ${formatCount(rows)}`);
  return [`from ${parts.join(', ')}`];
}
