import type { Range } from '../../market/range.js';
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
  const found: Empty[] = ranges.map((range) => ({ ...range, provider: ask.choice.provider, checkedAt: now() }));
  const confirmed = confirmedEmpty(await readNotes(notes, name), found);
  await changeNotes(notes, name, (known) => addEmpty(known, found));
  return ask.hasAlternates ? [] : confirmed;
}
