import { DAY, stepOf, TIMEFRAMES, type Timeframe } from '../../market/timeframe.js';

const SAMPLE = 2000;
const SHORTEST_MONTH = 28 * DAY;

/** How far apart a file's rows mostly are; undefined where it has not two of them. */
export function usualSpacing(time: Float64Array): number | undefined {
  const sorted = time.slice(0, SAMPLE).filter(Number.isFinite).sort();
  const counts = new Map<number, number>();
  for (let row = 1; row < sorted.length; row++) {
    const apart = (sorted[row] as number) - (sorted[row - 1] as number);
    if (apart > 0) counts.set(apart, (counts.get(apart) ?? 0) + 1);
  }
  let usual: number | undefined;
  for (const [apart, count] of counts)
    if (usual === undefined || count > (counts.get(usual) as number) || (count === counts.get(usual) && apart < usual))
      usual = apart;
  return usual;
}

/** The timeframe whose bars are so far apart. */
export function timeframeOf(spacing: number): Timeframe | undefined {
  if (spacing >= SHORTEST_MONTH && spacing <= 31 * DAY) return '1mo';
  return TIMEFRAMES.find((timeframe) => stepOf(timeframe) === spacing);
}

export function isMonthly(spacing: number): boolean {
  return spacing >= SHORTEST_MONTH;
}
