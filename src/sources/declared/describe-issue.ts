import { z } from 'zod';
import { nearestNames } from '../../market/nearest.js';
import type { Fault } from './check-plain.js';
import { fileSchema } from './schema.js';

/** The first thing the schema has against a file: where, and what to write instead. Never the value: it may be a key. */
export function describeIssue(issue: z.core.$ZodIssue): Fault {
  const at = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = keysAt(issue.path);
    const [nearest] = nearestNames(key, known, 1);
    const hint = nearest === undefined ? `known here are ${known.join(', ')}` : `did you mean ${nearest}?`;
    return { at: placeOf([...issue.path, key]), what: `is not a key of this form; ${hint}` };
  }
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    return { at, what: `has a name that will not do: it ${first?.message ?? 'is not known'}` };
  }
  if (issue.code === 'invalid_type') {
    const missing = issue.input === undefined && issue.message.includes('undefined');
    if (missing) return { at, what: `is missing; it ${wanted(issue.expected)}` };
    return { at, what: issue.message.startsWith('must') ? issue.message : wanted(issue.expected) };
  }
  return { at, what: issue.message };
}

function wanted(type: string): string {
  if (type === 'object' || type === 'record') return 'must be an object: {…}';
  if (type === 'array') return 'must be a list: […]';
  return type === 'string' ? 'must be a text in quotes' : `must be a ${type}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 60)}`).join('');
}

/** The keys an object of the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = fileSchema;
  for (const step of path) {
    schema = bare(schema);
    if (schema instanceof z.ZodObject) schema = (schema.shape as Readonly<Record<PropertyKey, unknown>>)[step];
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else schema = schema instanceof z.ZodRecord ? schema.valueType : undefined;
  }
  const object = bare(schema);
  if (object instanceof z.ZodRecord && object.keyType instanceof z.ZodEnum) return object.keyType.options.map(String);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}
