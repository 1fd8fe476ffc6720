/** Something wrong at a place of a file. */
export interface Fault {
  /** A JSON pointer; empty for the file as a whole. */
  readonly at: string;
  /** As it continues a sentence that names the place. */
  readonly what: string;
}

const DEEPEST = 10;
const MOST_VALUES = 5000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** What no declaration may hold, whatever its keys are: looked for before anything of it is used. */
export function findPlainFault(value: unknown): Fault | undefined {
  let values = 0;
  const look = (each: unknown, at: string, depth: number): Fault | undefined => {
    values += 1;
    if (values > MOST_VALUES) return { at: '', what: `holds more than ${MOST_VALUES} values` };
    if (depth > DEEPEST) return { at, what: `is nested more than ${DEEPEST} deep` };
    if (typeof each === 'string') return lookAtText(each, at);
    if (typeof each !== 'object' || each === null) return undefined;
    for (const key of Object.keys(each)) {
      const place = `${at}/${escapeStep(key)}`;
      if (FORBIDDEN.has(key)) return { at: place, what: 'is a name that no file may use; take it out' };
      const fault = lookAtText(key, place) ?? look((each as Readonly<Record<string, unknown>>)[key], place, depth + 1);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  return look(value, '', 0);
}

function lookAtText(text: string, at: string): Fault | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(text))
    return {
      at: at.replace(/[\p{Cc}\u2028\u2029]/gu, '?'),
      what: 'has a line break or a control character; take it out',
    };
  if (/(^|[/\\]|%2f|%5c)(\.|%2e){2}($|[/\\]|%2f|%5c)/i.test(text))
    return { at, what: 'has "..", which leads out of a path; write the path in full' };
  return undefined;
}

function escapeStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 60);
}
