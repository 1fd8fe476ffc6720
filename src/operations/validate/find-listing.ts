import { formatInstant } from '../../market/instant.js';
import type { Series } from '../../store/face.js';
import { readNotes } from '../populate/notes.js';
import type { ExpectTools, Known } from './expected-series.js';

/** All that lies before the first bar there ever was, by the word of the provider the series is from. */
export async function findListing(
  { symbol, timeframe }: Series,
  provider: string,
  { notes, noteName }: Pick<ExpectTools, 'notes' | 'noteName'>,
): Promise<Known | undefined> {
  if (notes === undefined) return undefined;
  const { firstBar } = await readNotes(notes, noteName(symbol, timeframe));
  if (firstBar === undefined || firstBar.provider !== provider) return undefined;
  const reason = `before listing: ${provider} has nothing earlier than ${formatInstant(firstBar.at)}`;
  return { start: Number.NEGATIVE_INFINITY, end: firstBar.at, reason };
}
