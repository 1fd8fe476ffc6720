import { yearRange } from '../../market/range.js';
import type { Series, YearInfo } from '../../store/face.js';

/** The open of the first bar: by the sidecar; where there is none, by the rows; where they cannot be read, the year's start. */
export async function findStart(series: Series, years: readonly YearInfo[]): Promise<number | undefined> {
  for (const { year, sidecar } of years) {
    if (sidecar?.first !== undefined) return Date.parse(sidecar.first);
    if (sidecar !== undefined) continue;
    let lost = false;
    const onDamage = (): void => {
      lost = true;
    };
    const { time } = await series.read({ ...yearRange(year), columns: ['timestamp'], onDamage });
    if (time[0] !== undefined) return time[0];
    if (lost) return yearRange(year).start;
  }
  return undefined;
}
