import { type Range, subtractRanges } from '../../market/range.js';
import { DAY } from '../../market/timeframe.js';

/** What was learned of a series besides its bars: kept so that nobody is asked the same twice a day. */
export interface Notes {
  /** The open of the first bar there is, by the provider's own word. */
  readonly firstBar?: { readonly provider: string; readonly at: number; readonly checkedAt: number } | undefined;
  /** Where a provider's bulk files end, of a symbol that its API knows no more. */
  readonly ended?: { readonly provider: string; readonly at: number; readonly checkedAt: number } | undefined;
  /** When a provider was last asked again for all that was not final: what was final then need not be asked once more. */
  readonly settled?: { readonly provider: string; readonly at: number } | undefined;
  /** Where a provider had nothing, and when it said so. */
  readonly empty: readonly Empty[];
}

export interface Empty extends Range {
  readonly provider: string;
  readonly checkedAt: number;
}

/** Where notes are kept; the store lends it. */
export interface NoteBook {
  update<T>(name: string, change: (current: unknown) => { readonly next?: unknown; readonly result: T }): Promise<T>;
}

const NOTHING: Notes = { empty: [] };

export function readNotes(book: NoteBook, name: string): Promise<Notes> {
  return book.update(name, (current) => ({ result: parse(current) }));
}

export async function changeNotes(book: NoteBook, name: string, change: (notes: Notes) => Notes): Promise<void> {
  await book.update(name, (current) => ({ next: change(parse(current)), result: undefined }));
}

/** Joins what was found empty; what was known of the same range before makes way. */
export function addEmpty(notes: Notes, found: readonly Empty[]): Notes {
  const others = notes.empty.filter((each) => !found.some((one) => one.provider === each.provider && meets(one, each)));
  const rests = notes.empty
    .filter((each) => !others.includes(each))
    .flatMap((each) =>
      subtractRanges(
        each,
        found.filter((one) => one.provider === each.provider),
      ).map((rest) => ({ ...each, ...rest })),
    );
  return { ...notes, empty: [...others, ...rests, ...found].sort((a, b) => a.start - b.start) };
}

/** Ranges this provider was asked for within the last day, in vain. */
export function askedInVain(notes: Notes, provider: string, now: number): Range[] {
  return notes.empty.filter(
    (each) => each.provider === provider && now - each.checkedAt < DAY && each.checkedAt <= now,
  );
}

/** Ranges this provider was ever asked for in vain. */
export function askedEver(notes: Notes, provider: string): Range[] {
  return notes.empty.filter((each) => each.provider === provider);
}

/** Ranges it had nothing for a day ago or longer, and has nothing for again now. */
export function confirmedEmpty(notes: Notes, found: readonly Empty[]): Range[] {
  return found.flatMap((one) =>
    notes.empty
      .filter((each) => each.provider === one.provider && one.checkedAt - each.checkedAt >= DAY && meets(each, one))
      .map((each) => ({ start: Math.max(each.start, one.start), end: Math.min(each.end, one.end) })),
  );
}

function meets(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/** A garbled note is no note. */
function parse(current: unknown): Notes {
  const notes = (typeof current === 'object' && current !== null ? current : NOTHING) as Partial<Notes>;
  const empty = Array.isArray(notes.empty)
    ? notes.empty.filter((each) => Number.isFinite(each?.start) && Number.isFinite(each?.end))
    : [];
  const { firstBar, ended, settled } = notes;
  return { firstBar, ended, settled, empty };
}
