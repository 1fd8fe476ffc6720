import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const docs = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('PROMISES.md', docs), 'utf8');

interface Row {
  readonly promise: string;
  readonly cells: readonly string[];
}

/** What stands between the head of a table and its end. */
const rows: readonly Row[] = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Promised ') && !line.startsWith('| ---'))
  .map((line) => {
    const cells = line.slice(1, -1).split('|');
    return { promise: (cells[0] as string).trim(), cells };
  });

const linksIn = (cell: string): URL[] =>
  [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => new URL(target as string, docs));

/** Texts that begin the arguments of a call, on its line or on the next: names of tests are such. */
function namesIn(source: string): string[] {
  return [...source.matchAll(/(?:[([]|^)\s*(['"`])((?:\\.|(?!\1)[^\\\n])+)\1\s*,/gm)].map(
    ([, , name]) => name as string,
  );
}

/** `[file](path) “a name”, “another”; [file](path) “a name”` */
function proofsIn(cell: string): { readonly file: URL; readonly names: readonly string[] }[] {
  return cell.split(/;\s+(?=\[)/).map((part) => ({
    file: linksIn(part)[0] as URL,
    names: [...part.matchAll(/“([^”]+)”/g)].map(([, name]) => name as string),
  }));
}

test('the page has its areas, and promises in each', () => {
  const areas = page.split(/^## /m).slice(1);
  expect(areas).toHaveLength(8);
  for (const area of areas) expect(area.match(/^\| (?!Promised|---)/gm)?.length ?? 0).toBeGreaterThan(4);
});

test('leads to every area', () => {
  for (const [, title] of page.matchAll(/^## (.+)$/gm))
    expect(page).toContain(`](#${(title as string).toLowerCase().replaceAll(' ', '-')})`);
});

describe('each promise', () => {
  test.each(rows.map((row) => [row.promise, row.cells] as const))('%s', (_, cells) => {
    expect(cells).toHaveLength(4);
    const [, , mechanism, test] = cells as [string, string, string, string];
    const files = linksIn(mechanism);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect([file.pathname, existsSync(file)]).toEqual([file.pathname, true]);
    for (const { file, names } of proofsIn(test)) {
      expect(file.pathname).toMatch(/\.test\.ts$/);
      expect(names).not.toEqual([]);
      const known = namesIn(readFileSync(file, 'utf8'));
      const absent = names.filter((name) => !known.some((each) => each.includes(name)));
      expect([file.pathname, absent]).toEqual([file.pathname, []]);
    }
  });
});
