import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { guardOutput, redactor } from '../../../src/cli/terminal/guard-output.js';
import { describeTerminal } from '../../../src/cli/terminal/terminal.js';

const SENTENCE = '3 gaps · 1.02× “what’s seen”… 1m–1mo │ R_100 €';
const known = { ...process.env };
let written: string[] = [];

beforeEach(() => {
  written = [];
  for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG', 'TERM']) delete process.env[name];
});
afterEach(() => {
  Object.assign(process.env, known);
});

function stream(isTTY: boolean): NodeJS.WriteStream {
  const fake = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
  guardOutput(fake);
  return fake;
}

describe('what leaves', () => {
  it('is as it is for a terminal that shows it, and for any program', () => {
    stream(true).write(SENTENCE);
    process.env.LANG = 'C';
    stream(false).write(SENTENCE);
    expect(written).toEqual([SENTENCE, SENTENCE]);
  });

  it.each([
    ['LANG', 'C'],
    ['LC_ALL', 'POSIX'],
    ['TERM', 'dumb'],
    ['LANG', 'de_DE.ISO-8859-1'],
  ])('is spelled plainly where %s is %s, a letter for a letter; names stay', (name, value) => {
    process.env[name] = value;
    stream(true).write(SENTENCE);
    expect(written).toEqual(['3 gaps - 1.02x "what\'s seen"~ 1m-1mo | R_100 €']);
    expect(written[0]).toHaveLength(SENTENCE.length);
  });

  it('has no secret in it, in either spelling', () => {
    redactor.add('hunter·2-hunter');
    process.env.TERM = 'dumb';
    stream(true).write('the key hunter·2-hunter was refused');
    expect(written[0]).not.toContain('hunter');
  });
});

it('a dumb terminal is a terminal on which nothing is drawn over', () => {
  const tty = { isTTY: true, columns: 80 };
  expect(describeTerminal(tty, {})).toMatchObject({ live: true, redraws: true });
  expect(describeTerminal(tty, { TERM: 'dumb' })).toMatchObject({ live: true, redraws: false, colour: false });
  expect(describeTerminal({}, {})).toMatchObject({ live: false, redraws: false });
});
