import type { MakeError, ProviderErrorCode, Reply } from '../../provider/index.js';
import { matchGlob } from '../route/match-glob.js';
import { parsePointer, readAt } from './pointer.js';
import type { Declaration } from './schema.js';

/** Longer successes are data: a refusal is short. */
const LONGEST_REFUSAL = 16 * 1024;
/** Where nobody says how long: long enough to matter, short enough not to end a download. */
const UNSTATED_WAIT = 15_000;

/** Throws the refusal that a reply means by the file's own word; all else is judged by its status, by the host. */
export function compileJudge({ errors = {} }: Declaration): (reply: Reply, error: MakeError) => undefined {
  const steps = errors.at === undefined ? undefined : parsePointer(errors.at);
  const texts = Object.entries(errors.texts ?? {}) as [string, ProviderErrorCode][];
  return ({ status, headers, text }, error) => {
    const said = steps === undefined ? undefined : readRefusal(text, steps);
    const fitting = said === undefined ? undefined : texts.find(([pattern]) => matchGlob(pattern, said))?.[1];
    const success = status >= 200 && status < 300;
    const code =
      fitting ?? errors.status?.[String(status)] ?? (said !== undefined && success ? 'MALFORMED' : undefined);
    if (code === undefined) return undefined;
    const message = said === undefined ? `it answered ${status}` : `it says “${said}”`;
    throw error(code, message, { status, ...(code === 'THROTTLED' ? { retryAfterMs: waitOf(headers) } : {}) });
  };
}

/** What stands where errors do; nothing at all, or nothing in it, is no error. */
function readRefusal(text: string, steps: readonly string[]): string | undefined {
  if (text.length > LONGEST_REFUSAL) return undefined;
  try {
    const value = readAt(JSON.parse(text), steps);
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value.trim() !== '' ? shorten(value) : undefined;
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function waitOf(headers: Reply['headers']): number {
  const seconds = headers['retry-after'] ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : UNSTATED_WAIT;
}
