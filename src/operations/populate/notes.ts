import { type Range, subtractAll } from '../../market/range.js';
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
  const providers = new Set(found.map(({ provider }) => provider));
  const kept = notes.empty.filter(({ provider }) => !providers.has(provider));
  const rests = [...providers].flatMap((provider) => {
    const own = notes.empty.filter((each) => each.provider === provider);
    const left = subtractAll(
      own,
      found.filter((each) => each.provider === provider),
    );
    return own.flatMap((each, i) => (left[i] as Range[]).map((rest): Empty => ({ ...each, ...rest })));
  });
  return { ...notes, empty: [...kept, ...rests, ...found].sort((a, b) => a.start - b.start) };
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
  const confirmed: Range[] = [];
  const old = [...notes.empty].sort((a, b) => a.start - b.start);
  let from = 0;
  // Both ascend, and of one provider no two ranges meet: each is looked at once, and not once for each of the others.
  for (const one of [...found].sort((a, b) => a.start - b.start)) {
    while (from < old.length && (old[from] as Empty).end <= one.start) from++;
    for (let i = from; i < old.length; i++) {
      const each = old[i] as Empty;
      if (each.start >= one.end) break;
      const isOld = each.provider === one.provider && one.checkedAt - each.checkedAt >= DAY;
      const [start, end] = [Math.max(each.start, one.start), Math.min(each.end, one.end)];
      if (isOld && start < end) confirmed.push({ start, end });
    }
  }
  return confirmed;
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
