import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { READERS } from '../../src/legacy/readers.js';
import { scanTree } from '../../src/legacy/scan-tree.js';
import { fileSchema } from '../../src/settings/schema.js';
import { EVERY_LAYOUT } from '../support/legacy/every-layout.js';
import { memoryTree } from '../support/legacy/memory-tree.js';
import { PAGES } from './shown/shown-commands.js';

const root = new URL('../../', import.meta.url).pathname;
const read = (file: string): string => readFileSync(root + file, 'utf8');
const named = (text: string, form: RegExp): string[] => [...text.matchAll(form)].map(([, name]) => name as string);

describe('MIGRATING.md', () => {
  const page = read('docs/MIGRATING.md');
  const [, head = ''] = /\| you have \| layout \| section \|\n([\s\S]*?)\n\n/.exec(page) ?? [];
  const inTable = head.split('\n').flatMap((row) => named(row.split('|')[2] ?? '', /`([a-z-]+)`/g));

  it('has every layout that a reader knows, in its table and over a section, and no other', async () => {
    const found = new Set<string>();
    for (const { files } of EVERY_LAYOUT)
      for await (const scanned of scanTree(memoryTree(files), READERS))
        if (scanned.kind === 'claimed') found.add(scanned.claim.layout);
    expect([...inTable].sort()).toEqual([...found].sort());
    const inHeadings = named(page, /^## .*: (.*)$/gm).flatMap((each) => named(each, /`([a-z-]+)`/g));
    expect(inHeadings.sort()).toEqual([...inTable].sort());
  });

  it('has every code with which a file is refused, and no other', () => {
    const [, told = ''] = /### What is not taken\n([\s\S]*?)\n#/.exec(page) ?? [];
    const codes = told
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .flatMap((row) => named(row.split('|')[1] ?? '', /`([A-Z_]+)`/g));
    const source = read('src/legacy/reader.ts');
    const [, declared = ''] = /type RefusalCode =([^;]*);/.exec(source) ?? [];
    // A copy that cannot be proved is found out later, by the operation.
    expect(codes.sort()).toEqual([...named(declared, /'([A-Z_]+)'/g), 'NOT_PROVED'].sort());
  });

  it('names only layouts that are there to `--layout`', () => {
    const given = named(page, /--layout ([a-z,-]+)/g).flatMap((each) => each.split(','));
    expect(given.filter((each) => !inTable.includes(each))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  const page = read('docs/ARCHITECTURE.md');

  it('names files and folders that are there', () => {
    const paths = named(page, /`((?:src|bin|config|test|plugins|docs)\/[^`\s…*]*)`/g);
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((each) => !existsSync(root + each))).toEqual([]);
  });

  it('shows every layer that is checked', () => {
    const folders = readdirSync(`${root}src`, { withFileTypes: true }).filter((each) => each.isDirectory());
    const untold = folders.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(page));
    expect(untold).toEqual([]);
  });
});

describe('every page', () => {
  it.each([...PAGES])('%s leads to files and headings that are there', (page) => {
    const folder = page.slice(0, page.lastIndexOf('/') + 1);
    for (const target of named(read(page), /\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page : folder + file;
      expect([target, existsSync(root + path)]).toEqual([target, true]);
      if (anchor !== undefined)
        expect([target, anchorsOf(read(path))]).toEqual([target, expect.arrayContaining([anchor])]);
    }
  });

  it('of the README, shows settings that Almanac accepts', () => {
    const shown = named(read('README.md'), /^```json\n([\s\S]*?)^```$/gm);
    expect(shown.length).toBeGreaterThan(0);
    for (const text of shown)
      expect([text, fileSchema.safeParse(JSON.parse(text)).error?.message]).toEqual([text, undefined]);
  });
});

const anchorsOf = (text: string): string[] =>
  named(text, /^#+ (.+)$/gm).map((title) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
