/** `/result/0/open` into its steps; the empty text is the whole. */
export type Steps = readonly string[];

/** What keeps a text from being a JSON pointer (RFC 6901), as it continues a sentence. */
export function findPointerFault(text: string): string | undefined {
  if (text === '') return undefined;
  if (!text.startsWith('/')) return 'must be a pointer such as /result/rows, or "" for the whole reply';
  if (text.length > 200 || /~(?![01])/.test(text) || /[\p{C}]/u.test(text))
    return 'must be a pointer of at most 200 characters, with ~1 for / and ~0 for ~';
  return undefined;
}

export function parsePointer(text: string): Steps {
  if (text === '') return [];
  return text
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a pointer, undefined where there is none. Only what is the value's own is seen, nothing inherited. */
export function readAt(value: unknown, steps: Steps): unknown {
  let at = value;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at) && !/^(0|[1-9]\d{0,8})$/.test(step)) return undefined;
    if (!Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}

/**
 * The list at a pointer in which a step `*` stands for any member: some reply with the rows under a name of their own
 * for what was asked. `many` where more than one list fits, because then nobody knows which was meant.
 */
export function findList(value: unknown, steps: Steps): readonly unknown[] | 'none' | 'many' {
  let at: readonly unknown[] = [value];
  for (const step of steps) {
    at = at.flatMap((each) => {
      if (step !== '*') return [readAt(each, [step])];
      return typeof each === 'object' && each !== null ? Object.values(each) : [];
    });
  }
  const lists = at.filter((each) => Array.isArray(each));
  const [first] = lists;
  if (first === undefined) return 'none';
  return lists.length === 1 ? first : 'many';
}
