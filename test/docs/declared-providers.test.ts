import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { ERROR_CODES, fileSchema } from '../../src/sources/declared/schema.js';
import { REQUEST_VARIABLES } from '../../src/sources/declared/template.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const page = read('docs/DECLARED-PROVIDERS.md');

/** Every key a file may have, as the page writes it, and whether it can be left out. */
function* keysOf(schema: unknown, at = ''): Generator<{ key: string; optional: boolean }> {
  if (schema instanceof z.ZodOptional) yield* keysOf(schema.unwrap(), at);
  else if (schema instanceof z.ZodArray) yield* keysOf(schema.element, `${at}[]`);
  else if (schema instanceof z.ZodRecord) yield* keysOf(schema.valueType, `${at}.NAME`);
  else if (schema instanceof z.ZodObject)
    for (const [name, child] of Object.entries(schema.shape)) {
      const key = at === '' ? name : `${at}.${name}`;
      yield { key, optional: child instanceof z.ZodOptional };
      yield* keysOf(child, key);
    }
}

it('documents every key of the form, and no other', () => {
  const documented = [...page.matchAll(/^\| `([^`]+)` \| (optional)? ?\|/gm)].map(([, key]) => key);
  expect(documented).toEqual([...keysOf(fileSchema)].map(({ key }) => key));
  const optional = [...page.matchAll(/^\| `([^`]+)` \| optional \|/gm)].map(([, key]) => key as string);
  const needed = [...keysOf(fileSchema)].filter((each) => !each.optional).map(({ key }) => key);
  expect(optional.filter((key) => needed.includes(key))).toEqual([]);
});

it('shows the Kraken file as it ships', () => {
  const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  expect(JSON.parse(shown)).toEqual(JSON.parse(read('config/providers/kraken.json')));
});

it('names every variable and every code', () => {
  for (const name of REQUEST_VARIABLES) {
    const written = name.startsWith('end.') ? 'the same of `end`' : `\`{${name}}\``;
    expect(page).toContain(written);
  }
  for (const code of ERROR_CODES) expect(page).toContain(`\`${code}\``);
});
