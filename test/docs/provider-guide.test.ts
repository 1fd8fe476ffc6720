import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { readGuide } from '../../src/cli/providers/guide-lines.js';
import { PACKAGE_RULES } from '../../src/conformance/package-rules.js';
import { RULES } from '../../src/conformance/rules.js';

const root = new URL('../../', import.meta.url).pathname;
const guide = readFileSync(`${root}plugins/README.md`, 'utf8');
const contract = readdirSync(`${root}src/provider`).map((file) => readFileSync(`${root}src/provider/${file}`, 'utf8'));

/** A section of the guide, up to the next heading of its level. */
function section(title: string): string {
  const [, after = ''] = guide.split(`\n## ${title}\n`);
  return after.split('\n## ')[0] as string;
}

/** The types of the contract that have members of their own, by name. */
function membersOfContract(): [string, string[]][] {
  return contract.flatMap((text) =>
    ts
      .createSourceFile('contract.ts', text, ts.ScriptTarget.ES2022, true)
      .statements.filter(ts.isInterfaceDeclaration)
      .map(({ name, members }): [string, string[]] => [
        name.text,
        members.flatMap((each) => (each.name === undefined ? [] : [each.name.getText().replaceAll("'", '')])),
      ]),
  );
}

function exportedNames(): string[] {
  const index = readFileSync(`${root}src/provider/index.ts`, 'utf8');
  return [...index.matchAll(/export type \{([^}]*)\}/g)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []);
}

/** The row of a type's table, or the whole reference for one that is spoken of in passing. */
function rowOf(name: string, reference: string): string {
  return reference.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? reference;
}

describe('the guide for writing a provider', () => {
  const reference = section('The contract') + section('Error codes');

  it('names every type of the contract', () => {
    const names = exportedNames();
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !reference.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every member of every type', () => {
    const exported = new Set(exportedNames());
    const missing = membersOfContract()
      .filter(([name]) => exported.has(name))
      .flatMap(([name, members]) => {
        const row = rowOf(name, reference);
        return members.filter((each) => !new RegExp(`\`${each}[\`(]`).test(row)).map((each) => `${name}.${each}`);
      });
    expect(missing).toEqual([]);
  });

  it('names no type that the contract has not', () => {
    const named = [...reference.matchAll(/^\| `([A-Z][a-z]\w+)` \|/gm)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((name) => !exportedNames().includes(name as string))).toEqual([]);
  });

  it('has every error code, and no other', () => {
    const errors = contract.find((text) => text.includes('type ProviderErrorCode')) as string;
    const codes = [...errors.matchAll(/\| '([A-Z_]+)'/g)].map(([, code]) => code);
    const told = [...section('Error codes').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(told).toEqual(codes);
  });

  it('explains every rule under a heading of its own, and none that is not tried', () => {
    const ids = [...PACKAGE_RULES, ...RULES].map(({ id }) => id);
    const headings = [...section('The rules').matchAll(/^#### `([a-z-]+)`\n\n(.+)/gm)];
    expect(headings.map(([, id]) => id).sort()).toEqual([...ids].sort());
    const where = readGuide(root);
    for (const id of ids) {
      const [file, line] = where(id).split(':') as [string, string];
      expect(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]).toBe(`#### \`${id}\``);
    }
  });

  it('leads to headings and files that are there', () => {
    const anchors = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, anchor] of guide.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
    for (const [, file] of guide.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)) {
      expect(() => readFileSync(`${root}plugins/${file}`)).not.toThrow();
    }
  });
});
