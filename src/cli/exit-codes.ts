import type { ErrorCode } from '../market/almanac-error.js';

export const EXIT = { done: 0, failure: 1, usage: 2, findings: 3, partial: 4, store: 5, interrupted: 130 } as const;

interface Outcome {
  readonly exit: number;
  /** What to type next where the error itself has no better idea; `almanac` stands for the program. */
  readonly suggestion?: string;
}

const LATER = 'the same line again, later: it goes on where this one stopped';

/** The one place where an error's code becomes an exit status. */
export const OUTCOMES: Readonly<Record<ErrorCode, Outcome>> = {
  USAGE: { exit: EXIT.usage },
  CONFIG_INVALID: { exit: EXIT.usage, suggestion: 'almanac config init' },
  SYMBOL_REFUSED: { exit: EXIT.usage },
  TIMEFRAME_UNKNOWN: { exit: EXIT.usage },
  DATE_INVALID: { exit: EXIT.usage, suggestion: '--start-date 2024-01-01 --end-date 2024-12-31' },
  NO_DATA: { exit: EXIT.usage, suggestion: 'almanac cache list' },
  FILE_UNREADABLE: { exit: EXIT.usage, suggestion: 'ls -l shows which files are there, and who may read them' },
  FILE_EXISTS: { exit: EXIT.failure },
  BARS_INVALID: { exit: EXIT.failure },
  SHRINK_REFUSED: { exit: EXIT.failure },
  STORE_DAMAGED: { exit: EXIT.failure },
  STORE_UNUSABLE: { exit: EXIT.store, suggestion: 'almanac doctor' },
  STORE_LOCKED: { exit: EXIT.store },
  STORE_NEWER: { exit: EXIT.store, suggestion: 'npm install --global almanac@latest' },
  STORE_FULL: { exit: EXIT.store },
  STORE_CONFLICT: { exit: EXIT.store },
  SYMBOL_UNKNOWN: { exit: EXIT.usage, suggestion: 'almanac providers list' },
  UNSUPPORTED: { exit: EXIT.usage, suggestion: 'almanac providers list' },
  OUT_OF_REACH: { exit: EXIT.partial, suggestion: 'almanac providers list' },
  THROTTLED: { exit: EXIT.partial, suggestion: LATER },
  QUOTA: { exit: EXIT.partial, suggestion: LATER },
  AUTH: { exit: EXIT.usage, suggestion: 'almanac doctor' },
  BLOCKED: { exit: EXIT.failure },
  UNAVAILABLE: { exit: EXIT.failure, suggestion: 'almanac doctor' },
  MALFORMED: { exit: EXIT.failure },
  PROVIDER_UNKNOWN: { exit: EXIT.usage, suggestion: 'almanac providers list' },
  PROVIDER_INVALID: { exit: EXIT.failure, suggestion: 'almanac providers list' },
  PLUGIN_REFUSED: { exit: EXIT.usage },
};

/** What to type next: an error's own idea, else the one that goes with its code. */
export function suggestFor({
  code,
  suggestions = [],
}: {
  readonly code: string;
  readonly suggestions?: readonly string[];
}): readonly string[] {
  if (suggestions.length > 0 || !Object.hasOwn(OUTCOMES, code)) return suggestions;
  const { suggestion } = OUTCOMES[code as ErrorCode];
  return suggestion === undefined ? [] : [suggestion];
}
