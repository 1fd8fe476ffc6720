import type { ErrorCode } from '../market/almanac-error.js';
import { nearestNames } from '../market/nearest.js';
import { EXIT, OUTCOMES, suggestFor } from './exit-codes.js';
import { quoteWords } from './terminal/quote-words.js';

/** What a person or a program is told of a failure. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly suggestions: readonly string[];
  readonly exit: number;
}

interface Thrown {
  readonly code?: unknown;
  readonly message?: string;
  readonly path?: string;
  readonly suggestions?: readonly string[];
  readonly flags?: unknown;
  readonly args?: unknown;
  readonly parse?: {
    readonly input?: { readonly flags?: Readonly<Record<string, unknown>> };
    readonly output?: { readonly args?: Readonly<Record<string, unknown>> };
  };
  readonly oclif?: { readonly exit?: number };
}

/** What the system says of a file or a disk, in a sentence. */
const SYSTEM: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  EACCES: ['STORE_UNUSABLE', 'this user may not read or write'],
  EPERM: ['STORE_UNUSABLE', 'this user may not change'],
  EIO: ['STORE_UNUSABLE', 'the disk could not read or write'],
  EROFS: ['STORE_UNUSABLE', 'the disk is read-only at'],
  ENOSPC: ['STORE_FULL', 'no space is left on the disk of'],
  EDQUOT: ['STORE_FULL', 'this user’s disk quota is used up at'],
  ENOENT: ['FILE_UNREADABLE', 'there is no file or folder'],
  EISDIR: ['FILE_UNREADABLE', 'a file was wanted, and this is a folder:'],
  ENOTDIR: ['FILE_UNREADABLE', 'a folder was wanted, and part of this is a file:'],
  EMFILE: ['STORE_UNUSABLE', 'too many files are open at once; the last was'],
};

/** `command` is what was run, `almanac cache list`, so that help can be offered for exactly that. */
export function describeError(error: unknown, command: string): Failure {
  const thrown: Thrown = typeof error === 'object' && error !== null ? error : { message: String(error) };
  const code = String(thrown.code ?? '');
  if (Object.hasOwn(OUTCOMES, code)) return describeCoded(code as ErrorCode, thrown, command);
  if (thrown.parse !== undefined || thrown.oclif?.exit === EXIT.usage) return describeUsage(thrown, command);
  const system = SYSTEM[code];
  if (system !== undefined) {
    const message = `${system[1]} ${thrown.path ?? 'a file in use'}`;
    return { code: system[0], message, suggestions: suggestFor({ code: system[0] }), exit: OUTCOMES[system[0]].exit };
  }
  return {
    code: 'UNEXPECTED',
    message: `${firstLine(thrown.message) || 'something failed without saying what'} (this is a fault in Almanac)`,
    suggestions: [`DEBUG='*' ${command} shows where`],
    exit: thrown.oclif?.exit ?? EXIT.failure,
  };
}

function describeCoded(code: ErrorCode, thrown: Thrown, command: string): Failure {
  const own = thrown.suggestions ?? [];
  // What was typed wrongly, was typed to this command.
  const suggestions =
    code === 'USAGE' && own.length === 0 ? [`${command} --help`] : suggestFor({ code, suggestions: own });
  return { code, message: thrown.message ?? code, suggestions, exit: OUTCOMES[code].exit };
}

/** oclif's sentence without its list of everything; what was probably meant, and where the help is. */
function describeUsage(thrown: Thrown, command: string): Failure {
  const help = `${command} --help`;
  const usage = (message: string, ...before: readonly string[]): Failure => {
    return { code: 'USAGE', message, suggestions: [...before, help], exit: EXIT.usage };
  };
  const names = missingArguments(thrown);
  if (names.length > 0) return usage(`${names.join(' and ')} must be given`, `${command} ${lineWith(names, thrown)}`);
  const needed = /Missing required flag (\S+)/.exec(thrown.message ?? '')?.[1];
  if (needed !== undefined) return usage(`--${needed} must be given`);
  if (Array.isArray(thrown.flags)) return usage(describeUnknown(thrown.flags.map(String), thrown));
  return usage(usageMessage(thrown));
}

function missingArguments({ message = '', args }: Thrown): string[] {
  if (!/^Missing \d+ required arg/.test(message) || !Array.isArray(args)) return [];
  return args.map((arg: { readonly name?: string }) => String(arg.name));
}

/** The arguments that were given as they were, those that were not by their names. */
function lineWith(names: readonly string[], { parse }: Thrown): string {
  const given = Object.values(parse?.output?.args ?? {}).filter((value) => typeof value === 'string');
  return [...given.map((value) => quoteWords([value])), ...names.map((name) => name.toUpperCase())].join(' ');
}

function describeUnknown(unknown: readonly string[], { parse }: Thrown): string {
  const known = Object.keys(parse?.input?.flags ?? {});
  const each = unknown.map((flag) => {
    // Without the dashes, which would make any two flags alike.
    const meant = nearestNames(flag.replace(/^-+/, ''), known, 1)[0];
    return `unknown flag ${flag}${meant === undefined ? '' : `; did you mean --${meant}?`}`;
  });
  return each.join('; ');
}

function usageMessage({ message = '' }: Thrown): string {
  return message
    .replace(/\n?See more help with --help/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/\n\s*/g, ' ')
    .replace(/^Parsing (--\S+)\s+Expected/, '$1: expected')
    .trim()
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function firstLine(text = ''): string {
  return text.split('\n', 1)[0] as string;
}
