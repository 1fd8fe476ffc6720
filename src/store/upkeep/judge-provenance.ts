import { lowerBound } from '../../market/bars.js';
import { type Finding, findingOf } from './finding.js';
import type { YearSubject } from './year-subject.js';

/** Every row lies in exactly one range of the provenance, and each range holds as many rows as it says. */
export async function judgeProvenance(subject: YearSubject): Promise<Finding[]> {
  const { opened, times, sidecarPath } = subject;
  const sidecar = opened?.sidecar;
  if (sidecar === undefined || subject.broken) return [];
  const wrong = (detail: string): Finding[] => [findingOf(sidecarPath, 'provenance', 'rebuild', detail)];
  const ranges = sidecar.provenance
    .map(({ from, to, rows }) => ({ from, start: Date.parse(from), end: Date.parse(to), rows }))
    .sort((a, b) => a.start - b.start);
  for (const [i, { from, start }] of ranges.entries())
    if (i > 0 && start < (ranges[i - 1]?.end ?? 0)) return wrong(`its range from ${from} begins inside the one before`);
  const covered = ranges.reduce((sum, { rows }) => sum + rows, 0);
  if (covered !== sidecar.rows) return wrong(`it covers ${covered} of ${sidecar.rows} rows`);
  // Where some block could not be read, or only some were to be, the totals have to do.
  if (sidecar.blocks.some(({ period }) => !times.has(period))) return [];
  const all = sidecar.blocks.map(({ period }) => times.get(period) as Float64Array);
  for (const { from, start, end, rows } of ranges) {
    const inside = all.reduce((sum, time) => sum + lowerBound(time, end) - lowerBound(time, start), 0);
    if (inside !== rows) return wrong(`its range from ${from} says ${rows} rows, and there are ${inside}`);
  }
  return [];
}
