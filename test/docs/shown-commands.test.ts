import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { commandsOf, listShown } from './shown/shown-commands.js';
import { ELSEWHERE, fateOf } from './shown/ways.js';

const root = new URL('../../', import.meta.url).pathname;
const readJson = (file: string) => JSON.parse(readFileSync(root + file, 'utf8'));
const shown = listShown();

describe('the search for commands', () => {
  it('finds them in fences and in the text, without prompt and remark', () => {
    const page = [
      'Type `almanac doctor` first, not `cache list`.',
      '```sh',
      '$ almanac cache list  # all of it',
      'almanac providers list',
      '```',
      '```json',
      'almanac no',
      '```',
      '```',
      'npm ci && npm test',
      'BTCUSDT  1h',
      '```',
    ].join('\n');
    expect([...commandsOf(page)].map(({ line, number }) => `${number} ${line}`)).toEqual([
      '1 almanac doctor',
      '3 almanac cache list',
      '4 almanac providers list',
      '10 npm ci && npm test',
    ]);
  });

  it('finds those of every page', () => {
    expect(shown.length).toBeGreaterThan(50);
    for (const page of ['README.md', 'docs/MIGRATING.md', 'docs/DECLARED-PROVIDERS.md'])
      expect(shown.some(({ at }) => at.some((place) => place.startsWith(`${page}:`)))).toBe(true);
  });
});

describe('every shown command', () => {
  it('is typed by a test, or is listed with a reason why not', () => {
    expect(shown.filter(({ line }) => fateOf(line) === undefined)).toEqual([]);
  });

  it('that nobody knows is neither', () => {
    expect(fateOf('almanac cache frobnicate --all')).toBeUndefined();
    expect(fateOf('node bench/run.js')).toBeUndefined();
  });

  it('of npm is a script of the package', () => {
    const { scripts } = readJson('package.json');
    const named = shown.flatMap(({ line }) => [...line.matchAll(/\bnpm run (\w+)/g)].map(([, name]) => name as string));
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('that is a form or a name is a command, with flags that it has', () => {
    const forms = shown.filter(({ line }) => fateOf(line) === 'form');
    expect(forms.length).toBeGreaterThan(2);
    const commands = { ...readJson('oclif.manifest.json').commands };
    const wrong = forms.filter(({ line }) => {
      const words = line.split(' ').slice(1);
      const ids = words.map((_, i) => words.slice(0, words.length - i).join(':'));
      const id = ids.find((each) => Object.hasOwn(commands, each));
      const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] as string);
      return id === undefined || flags.some((flag) => !Object.hasOwn(commands[id].flags, flag));
    });
    expect(wrong).toEqual([]);
  });

  it('that is typed elsewhere is typed there', () => {
    for (const { why } of ELSEWHERE) {
      const [file] = /test\/\S+\.ts/.exec(why) ?? [];
      if (file !== undefined) expect([file, existsSync(root + file)]).toEqual([file, true]);
    }
  });
});
