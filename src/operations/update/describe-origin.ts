import { isLoopback } from '../../market/loopback.js';
import { yearRange } from '../../market/range.js';
import type { Series, SeriesInfo, YearInfo } from '../../store/face.js';

/** Where a series begins and whom it came from, as far as that decides who goes on with it. */
export interface Origin {
  /** Open of its first bar; undefined where nothing of it can be read. */
  readonly first: number | undefined;
  /** Whom its last bars came from, holes that others closed left aside; undefined where nobody knows. */
  readonly provider: string | undefined;
  /** All of it came from that one. */
  readonly alone: boolean;
  readonly derived: boolean;
  /** Undefined where nobody knows. */
  readonly simulated: boolean | undefined;
}

export async function describeOrigin(series: Series, info: SeriesInfo): Promise<Origin> {
  const years = await series.years();
  const ranges = years.flatMap(({ sidecar }) => sidecar?.provenance ?? []);
  const own = ranges.filter(({ via }) => via !== 'fill');
  const last = own.reduce<(typeof own)[number] | undefined>(
    (latest, each) => (latest === undefined || Date.parse(each.to) > Date.parse(latest.to) ? each : latest),
    undefined,
  );
  return {
    first: await findFirst(series, info, years),
    provider: last?.provider,
    alone: ranges.every(({ provider }) => provider === last?.provider),
    derived: last?.derived === true,
    simulated:
      ranges.length === 0 ? undefined : ranges.some(({ origin }) => origin !== undefined && isLoopback(origin)),
  };
}

/** By the sidecar; a first year without one, or with a damaged one, is read. */
async function findFirst(series: Series, info: SeriesInfo, [first]: readonly YearInfo[]): Promise<number | undefined> {
  if (first === undefined || (first.state === 'sound' && info.first !== undefined)) return info.first;
  const range = yearRange(first.year);
  const { time } = await series.read({ ...range, columns: ['timestamp'], onDamage: () => undefined });
  return time[0] ?? info.first;
}
