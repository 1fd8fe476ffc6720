import type { Declaration } from './schema.js';
import { fillTemplate, type Values } from './template.js';

/**
 * The address of one request. Every value is encoded, so that none of them can change the path or add a parameter;
 * a parameter whose variable has no value here (the cursor of a first page) is left out.
 */
export function buildUrl(root: string, { path, query = {} }: Declaration['request'], values: Values): URL | undefined {
  const steps = path.split('/').map((step) => fillTemplate(step, encodeAll(values)));
  if (steps.some((step) => step === undefined || step === '.' || step === '..')) return undefined;
  const url = new URL(`${root.replace(/\/+$/, '')}${steps.join('/')}`);
  for (const [name, template] of Object.entries(query)) {
    const value = fillTemplate(template, values);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

function encodeAll(values: Values): Values {
  const encoded = Object.entries(values).map(([name, value]) => [
    name,
    value === undefined ? undefined : encodeURIComponent(value),
  ]);
  return Object.fromEntries(encoded);
}

/** The instants a request names. A bound that counts as inside is moved by one unit, for ours never do at the end. */
export function timeValues(
  start: number,
  end: number,
  { start: from = 'inclusive', end: until = 'exclusive' }: Declaration['paging'],
): Values {
  const first = from === 'exclusive' ? 1000 : 0;
  const last = until === 'inclusive' ? 1000 : 0;
  return { ...instantValues('start', start - first), ...instantValues('end', end - last) };
}

function instantValues(name: string, at: number): Values {
  return {
    [`${name}.s`]: String(Math.floor(at / 1000)),
    [`${name}.ms`]: String(at),
    [`${name}.iso`]: new Date(at).toISOString(),
  };
}
