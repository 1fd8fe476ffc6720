import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { wantedByFlag } from '../../../src/cli/completion/wanted.js';

const LEGACY = new URL('../../../src/legacy/', import.meta.url);

/** Readers are slow to import, so completion has a list of its own; here it is held against theirs. */
it('knows every layout that a reader names', () => {
  const named = new Set<string>();
  for (const name of readdirSync(LEGACY, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.ts'),
  )) {
    const text = readFileSync(new URL(name, LEGACY), 'utf8');
    for (const [line] of text.matchAll(/(?:layout: |LAYOUT = )'.*/g))
      for (const [, id] of line.matchAll(/'([a-z-]+)'/g)) named.add(id as string);
  }
  const wanted = wantedByFlag('layout');
  expect(named.size).toBeGreaterThan(5);
  expect(wanted.kind === 'words' && wanted.words).toEqual([...named].sort());
});
