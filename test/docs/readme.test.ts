import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EXIT } from '../../src/cli/exit-codes.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the library example in the README is the one that is run', () => {
  const shown = /```js\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
  const example = read('docs/library-example.mjs');
  const lines = shown.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '// …');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(example).toContain(line);
});

test('the README names every exit status', () => {
  const readme = read('README.md');
  for (const status of Object.values(EXIT)) expect(readme).toMatch(new RegExp(`^\\| ${status} \\|`, 'm'));
});

test('what documents point to is there', () => {
  for (const path of ['README.md', 'CONTRIBUTING.md', 'docs/YEAR-FILE.md']) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
    for (const [, target] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)) {
      expect(() => read(folder + target)).not.toThrow();
    }
  }
});
