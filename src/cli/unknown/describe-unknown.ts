import { nearestNames } from '../../market/nearest.js';
import { parseTimeframe } from '../../market/timeframe.js';
import type { Failure } from '../describe-error.js';
import { EXIT } from '../exit-codes.js';
import { quoteWords } from '../terminal/quote-words.js';

export interface KnownCommand {
  /** With colons, as oclif has it: `cache:list`. */
  readonly id: string;
  readonly flags: Readonly<Record<string, unknown>>;
}

const MOST = 3;

/** What a person typed that is no command: words too many behind one, one misspelled, or one without its topic. */
export function describeUnknown(
  id: string,
  rest: readonly string[],
  commands: readonly KnownCommand[],
  bin: string,
): Failure {
  const words = id.split(':');
  const failure = (message: string, suggestions: readonly string[]): Failure => {
    return { code: 'USAGE', message, suggestions, exit: EXIT.usage };
  };
  for (let length = words.length - 1; length > 0; length--) {
    const begun = commands.find((command) => command.id === words.slice(0, length).join(':'));
    if (begun === undefined || isTopic(begun.id, commands)) continue;
    const surplus = words.slice(length);
    const name = `${bin} ${spaced(begun.id)}`;
    return failure(`${name} takes no argument ${quoteWords(surplus)}`, [
      ...asFlags(surplus, begun).map((flags) => [name, flags, ...quoted(rest)].join(' ')),
      `${name} --help`,
    ]);
  }
  const meant = meantBy(words, commands);
  const typed = quoteWords(words);
  const hint = meant.length === 0 ? '' : `; did you mean ${meant.map(spaced).join(' or ')}?`;
  const first = meant[0];
  return failure(`there is no command ${typed}${hint}`, [
    ...(first === undefined ? [] : [[bin, spaced(first), ...quoted(rest)].join(' ')]),
    ...(first === undefined ? [`${bin} --help`] : []),
  ]);
}

/** `populate BTCUSDT 1d` meant `--symbols BTCUSDT --intervals 1d`. */
function asFlags(surplus: readonly string[], { flags }: KnownCommand): string[] {
  if (!('symbols' in flags) || !('intervals' in flags)) return [];
  const intervals = surplus.filter(isInterval);
  const symbols = surplus.filter((word) => !isInterval(word));
  const parts = [
    ...(symbols.length === 0 ? [] : ['--symbols', symbols.join(',')]),
    ...(intervals.length === 0 ? [] : ['--intervals', intervals.join(',')]),
  ];
  return [quoteWords(parts)];
}

const isInterval = (word: string): boolean => parseTimeframe(word) !== undefined;

function meantBy(words: readonly string[], commands: readonly KnownCommand[]): string[] {
  const ids = commands.map(({ id }) => id);
  const depth = (id: string): number => id.split(':').length;
  const ends = ids.filter((id) => id.endsWith(`:${words.join(':')}`)).sort((a, b) => depth(a) - depth(b));
  return ends.length > 0
    ? ends.slice(0, MOST)
    : nearestNames(words.join(':'), ids, 1).filter((id) => isLike(words, id));
}

/** Behind the words that are right, what is left must be like what is meant: `plugins foo` is not `plugins add`. */
function isLike(words: readonly string[], id: string): boolean {
  const known = id.split(':');
  const same = words.findIndex((word, i) => word !== known[i]);
  const [typed, meant] = [words.slice(same).join(':'), known.slice(same).join(':')];
  return nearestNames(typed, [meant]).length > 0;
}

const isTopic = (id: string, commands: readonly KnownCommand[]): boolean =>
  commands.some((command) => command.id.startsWith(`${id}:`));
const spaced = (id: string): string => id.replaceAll(':', ' ');
const quoted = (words: readonly string[]): string[] => (words.length === 0 ? [] : [quoteWords(words)]);
