import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';

const root = new URL('../../', import.meta.url).pathname;
const PAGE = `${root}docs/PERFORMANCE.md`;
const WRITER = `${root}bench/write-page.js`;
const temporary = temporaryFolder();
const page = readFileSync(PAGE, 'utf8');

const bench = (...words: string[]) =>
  spawnSync(process.execPath, [`${root}bench/run.js`, ...words], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

describe('the bench', () => {
  it('runs in part, and says of the rest that it was not measured', () => {
    const { status, stdout, stderr } = bench('--quick', '--only', 'start');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^.+, \d+ cores, [\d.]+ GiB · Node v\d+/);
    expect(stdout).toMatch(/^ {2}almanac --version +[\d.]+ +1\.00$/m);
    expect(stdout).toMatch(/^ {2}start, at most \d+ ms over bare node .*(met|missed)$/m);
    expect(stdout).toMatch(/not measured$/m);
  });

  it('writes no part of itself, nor a quick run, into the page', () => {
    for (const words of [['--quick'], ['--only', 'start']]) {
      const { status, stderr } = bench('--write', ...words);
      expect(status).toBe(1);
      expect(stderr).toContain('--write wants the whole bench');
    }
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });

  it('puts its lines between the marks of the page, again and again, and touches nothing else', async () => {
    const { writePage } = (await import(WRITER)) as { writePage: (lines: readonly string[], file: string) => void };
    const file = path.join(temporary, 'page.md');
    const write = (text: string, lines: readonly string[]): string => {
      writeFileSync(file, text);
      writePage(lines, file);
      return readFileSync(file, 'utf8');
    };
    const once = write(page, ['a machine', '\nRead  ms']);
    expect(once).toContain('\n```text\na machine\n\nRead  ms\n```\n');
    expect(write(once, ['another'])).toBe(write(page, ['another']));
    const [before = '', after = ''] = page.split(/(?<=<!-- bench: .* -->)[\s\S]*?(?=<!-- \/bench -->)/);
    expect(once.startsWith(before) && once.endsWith(after)).toBe(true);
    expect(after.length).toBeGreaterThan(1000);
    expect(() => write('a page without marks', [])).toThrow('has lost its marks');
  });
});
