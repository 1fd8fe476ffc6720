import { DerivError } from './deriv-error.js';
import type { CallSchema, Rule } from './schemas.js';

/** Throws what the server would answer where a request does not fit: a property nobody knows comes first. */
export function validate(request: Readonly<Record<string, unknown>>, schema: CallSchema): void {
  const unknown = Object.keys(request).filter((name) => !Object.hasOwn(schema.rules, name));
  if (unknown.length > 0) throw inputError(`Properties not allowed: ${unknown.join(', ')}.`, {});
  const details: Record<string, string> = {};
  for (const name of schema.required) if (request[name] === undefined) details[name] = 'is missing and it is required';
  for (const [name, value] of Object.entries(request)) {
    const problem = problemOf(value, schema.rules[name] as Rule);
    if (problem !== undefined) details[name] = problem;
  }
  const names = Object.keys(details);
  if (names.length > 0) throw inputError(names.join(', '), details);
}

function inputError(what: string, details: Readonly<Record<string, string>>): DerivError {
  return new DerivError('InputValidationFailed', `Input validation failed: ${what}`, details);
}

function problemOf(value: unknown, rule: Rule): string | undefined {
  switch (rule.kind) {
    case 'text': {
      const text = rule.numberToo && typeof value === 'number' ? String(value) : value;
      return typeof text === 'string' && rule.pattern.test(text)
        ? undefined
        : `does not match pattern ${rule.pattern.source}`;
    }
    case 'integer':
      if (!Number.isInteger(value)) return 'must be an integer';
      if (rule.min !== undefined && (value as number) < rule.min) return `must be at least ${rule.min}`;
      return rule.max !== undefined && (value as number) > rule.max ? `must be at most ${rule.max}` : undefined;
    case 'oneOf':
      if (rule.values.some((allowed) => allowed === value)) return undefined;
      return `does not have a value in the enumeration {${rule.values.join(',')}}`;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be an object';
    case 'list':
      return Array.isArray(value) ? undefined : 'must be an array';
  }
}
