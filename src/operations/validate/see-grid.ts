import type { Calendar } from '../../market/calendar.js';
import type { Days, Grid } from '../../market/expected.js';
import { DAY, isOnGrid, stepOf, type Timeframe } from '../../market/timeframe.js';
import type { Series, YearInfo } from '../../store/face.js';

/** From the first and last bar of each block: one off the clock's grid is enough, for a session's open is what is off it. */
export function seeGrid(timeframe: Timeframe, years: readonly YearInfo[], { sessions }: Calendar): Grid {
  const step = stepOf(timeframe);
  if (sessions === undefined || step === undefined || step >= DAY) return 'clock';
  const seen = years.flatMap(({ sidecar }) => sidecar?.blocks ?? []).flatMap(({ first, last }) => [first, last]);
  return seen.some((time) => !isOnGrid(timeframe, Date.parse(time))) ? 'session' : 'clock';
}

/** Whether Sundays have a daily bar, where trading goes on for days: the last month there is, is looked into. */
export async function seeDays(
  series: Series,
  years: readonly YearInfo[],
  { rhythm }: Calendar,
): Promise<Days | undefined> {
  if (rhythm !== 'weekly' || series.timeframe !== '1d') return undefined;
  const last = years.findLast(({ sidecar }) => (sidecar?.rows ?? 0) > 0)?.sidecar?.last;
  if (last === undefined) return undefined;
  const end = Date.parse(last) + 1;
  const range = { start: end - 35 * DAY, end, columns: ['timestamp'] };
  const { time } = await series.read({ ...range, onDamage: () => undefined });
  return time.some((open) => new Date(open).getUTCDay() === 0) ? 'utc' : 'weekdays';
}
