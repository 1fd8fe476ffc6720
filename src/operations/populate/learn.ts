import { closedUntil } from '../../market/expected.js';
import type { Range } from '../../market/range.js';
import { HOUR } from '../../market/timeframe.js';
import type { Ask } from './ask.js';
import { addEmpty, changeNotes, confirmedEmpty, type Empty, type NoteBook, readNotes } from './notes.js';

export interface LearnTools {
  readonly notes: NoteBook;
  readonly noteName: (symbol: string, timeframe: Ask['timeframe']) => string;
  readonly now: () => number;
}

/** What came first of a series that nobody knew the beginning of: before it nothing is missing. */
export async function learnStart(ask: Ask, at: number, { notes, noteName, now }: LearnTools): Promise<void> {
  const { provider } = ask.choice;
  await changeNotes(notes, noteName(ask.symbol, ask.timeframe), (known) => {
    const before = known.firstBar?.provider === provider ? known.firstBar.at : Number.POSITIVE_INFINITY;
    return { ...known, firstBar: { provider, at: Math.min(before, at), checkedAt: now() } };
  });
}

/** All that was not final has been asked for again. */
export async function learnSettled(ask: Ask, at: number, { notes, noteName }: LearnTools): Promise<void> {
  const settled = { provider: ask.choice.provider, at };
  await changeNotes(notes, noteName(ask.symbol, ask.timeframe), (known) => ({ ...known, settled }));
}

/** A bar that closed so short a time ago may only be late. */
const LATE = HOUR;

/**
 * Nobody is asked for the same nothing twice a day. A second nothing, a day later, is an explanation where there is
 * nobody else to ask: those ranges are given back.
 */
export async function learnEmpty(
  ask: Ask,
  ranges: readonly Range[],
  { notes, noteName, now }: LearnTools,
): Promise<Range[]> {
  const name = noteName(ask.symbol, ask.timeframe);
  const { provider, timeframe } = ask.choice;
  const checkedAt = now();
  const settled = closedUntil(ask.expectation, checkedAt - Math.max(timeframe.finality ?? 0, LATE));
  const found = ranges.flatMap((range): Empty[] =>
    range.start < settled ? [{ start: range.start, end: Math.min(range.end, settled), provider, checkedAt }] : [],
  );
  if (found.length === 0) return [];
  const confirmed = confirmedEmpty(await readNotes(notes, name), found);
  await changeNotes(notes, name, (known) => addEmpty(known, found));
  return ask.hasAlternates ? [] : confirmed;
}
