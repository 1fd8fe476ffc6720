import type { Timeframe } from '../../market/timeframe.js';
import { noteName } from '../../store/layout.js';
import type { Reports } from '../../store/reports/open-reports.js';
import type { NoteBook } from '../populate/notes.js';
import { summarise } from '../validate/summarise.js';
import type { Validation } from '../validate/validation.js';

interface Name {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** What was judged of a series holds no longer once bars of it have gone: its entry leaves the report. */
export async function forgetValidation(reports: Reports, { symbol, timeframe }: Name): Promise<void> {
  const isOf = (each: { symbol: string; interval: string }): boolean =>
    each.symbol === symbol && each.interval === timeframe;
  const entriesOf = (document: unknown): Validation['series'] | undefined => {
    const { series } = (document ?? {}) as Partial<Validation>;
    return Array.isArray(series) ? series : undefined;
  };
  // Looked at first without the lock: most caches were never validated, and nothing is written for them.
  if (entriesOf(await reports.read('validation'))?.some(isOf) !== true) return;
  await reports.change('validation', (current) => {
    const series = entriesOf(current)?.filter((each) => !isOf(each)) ?? [];
    return { ...(current as Validation), summary: summarise(series), series };
  });
}

/**
 * What providers were asked of it in vain, and since when there is any, goes with a series that is removed whole:
 * whoever fetches it again wants it as if for the first time, and a note costs a request to learn again.
 */
export async function forgetNotes(notes: NoteBook, { symbol, timeframe }: Name): Promise<void> {
  await notes.update(noteName(symbol, timeframe), (current) =>
    current === undefined ? { result: undefined } : { next: { empty: [] }, result: undefined },
  );
}
