import type { z } from 'zod';
import { AlmanacError } from '../market/almanac-error.js';
import { editDistance, nearestNames } from '../market/nearest.js';
import { type FileSettings, fileSchema, knownKeys } from './schema.js';

/** A settings file as it may be used, or CONFIG_INVALID that names the file, the key and what was probably meant. */
export function checkFile(file: string, content: unknown): FileSettings {
  const result = fileSchema.safeParse(content ?? {});
  if (!result.success) {
    const problems = result.error.issues.map(describeIssue);
    throw invalid(file, problems);
  }
  const misspelt = Object.keys(result.data.providers ?? {}).flatMap(describeProvider);
  if (misspelt.length > 0) throw invalid(file, misspelt);
  return result.data;
}

function invalid(file: string, problems: readonly string[]): AlmanacError {
  return new AlmanacError('CONFIG_INVALID', `${file}: ${problems.join('; ')}`, {
    suggestions: [`mend it in ${file}`, 'almanac config init in an empty folder writes a file with every key'],
  });
}

/** Says which value is wrong and never the value itself: it may be a key that slipped into the wrong place. */
function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => describeUnknown(key, issue.path, known)).join('; ');
  }
  const name = issue.path.join('.') || 'the file';
  if (issue.code === 'invalid_type') return `${name} must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') return `${name} must be one of ${issue.values.map(String).join(', ')}`;
  return `${name} ${issue.message}`;
}

function describeUnknown(key: string, at: readonly PropertyKey[], known: readonly string[]): string {
  const [nearest] = nearestNames(key, known, 1);
  const hint = nearest === undefined ? `known here: ${known.join(', ')}` : `did you mean ${nearest}?`;
  return `unknown key ${[...at, key].join('.')}; ${hint}`;
}

/** Any other id is a provider from somebody else, so only what looks like a slip of the finger is refused. */
function describeProvider(id: string): string[] {
  const known = knownKeys(['providers']);
  const meant = known.find((name) => name !== id && editDistance(id.toLowerCase(), name) <= 2);
  return known.includes(id) || meant === undefined ? [] : [`unknown key providers.${id}; did you mean ${meant}?`];
}

function article(type: string): string {
  if (type === 'object' || type === 'record') return 'an object';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}
