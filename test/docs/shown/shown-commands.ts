import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);

export interface Shown {
  /** As a person would copy it: without prompt and without the remark behind it. */
  readonly line: string;
  /** Where it stands, `docs/MIGRATING.md:12`; several times, maybe. */
  readonly at: readonly string[];
}

/** What people read before they type. */
export const PAGES = ['README.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md'))
  .sort();

const PROGRAMS = 'almanac|npm|npx|node|zcat|gzip|python3?|duckdb|Rscript|R';
/** Fences of these hold what is typed; a fence without a language does where a line begins with one of our words. */
const TYPED = /^(sh|bash|console|shell)?$/;
const COMMAND = new RegExp(`^(?:\\$ )?((?:[A-Z_]+=\\S+ )*(?:${PROGRAMS}) .*)$`);
const INLINE = /`((?:almanac|npm) [^`]+)`/g;

/** Every command that the pages show, each once. */
export function listShown(pages: readonly string[] = PAGES): Shown[] {
  const shown = new Map<string, string[]>();
  for (const page of pages) {
    for (const { line, number } of commandsOf(readFileSync(new URL(page, root), 'utf8'))) {
      const at = shown.get(line) ?? [];
      shown.set(line, [...at, `${page}:${number}`]);
    }
  }
  return [...shown].map(([line, at]) => ({ line, at }));
}

/** Of one page: lines of fences, and what stands in back-ticks in the text. */
export function* commandsOf(text: string): Generator<{ readonly line: string; readonly number: number }> {
  let fence: string | undefined;
  for (const [i, line] of text.split('\n').entries()) {
    const number = i + 1;
    const [, language] = /^\s*```(\w*)/.exec(line) ?? [];
    if (language !== undefined) fence = fence === undefined ? language : undefined;
    else if (fence === undefined)
      for (const [, inline] of line.matchAll(INLINE)) yield { line: inline as string, number };
    else if (TYPED.test(fence)) {
      const [, command] = COMMAND.exec(line) ?? [];
      if (command !== undefined) yield { line: withoutRemark(command), number };
    }
  }
}

const withoutRemark = (command: string): string => command.replace(/\s+#\s.*$/, '').trim();
