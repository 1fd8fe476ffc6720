import { describe, expect, it } from '@jest/globals';
import { describeUnknown } from '../../../src/cli/unknown/describe-unknown.js';

const range = { symbols: {}, intervals: {} };
const COMMANDS = [
  { id: 'cache:checksums:list', flags: {} },
  { id: 'cache:list', flags: {} },
  { id: 'cache:populate', flags: range },
  { id: 'doctor', flags: {} },
  { id: 'plugins', flags: {} },
  { id: 'plugins:add', flags: {} },
];
const say = (typed: string, ...rest: string[]) => {
  const { message, suggestions, exit, code } = describeUnknown(typed.replaceAll(' ', ':'), rest, COMMANDS, 'almanac');
  expect([exit, code]).toEqual([2, 'USAGE']);
  return [message, ...suggestions];
};

describe('what is no command', () => {
  it('is a word too many behind one', () => {
    expect(say('cache list extra')).toEqual([
      'almanac cache list takes no argument extra',
      'almanac cache list --help',
    ]);
  });

  it('is turned into flags where those were meant, with what else was typed', () => {
    expect(say('cache populate BTCUSDT AAPL 1d', '--start-date', '2024-01-01')).toEqual([
      'almanac cache populate takes no argument BTCUSDT AAPL 1d',
      'almanac cache populate --symbols BTCUSDT,AAPL --intervals 1d --start-date 2024-01-01',
      'almanac cache populate --help',
    ]);
  });

  it('is misspelled, and the line that was meant can be copied', () => {
    expect(say('cahce populate', '--symbols', 'A B')).toEqual([
      'there is no command cahce populate; did you mean cache populate?',
      "almanac cache populate --symbols 'A B'",
    ]);
  });

  it('lacks its topic: the shortest first', () => {
    expect(say('list')).toEqual([
      'there is no command list; did you mean cache list or cache checksums list?',
      'almanac cache list',
    ]);
  });

  it.each(['frobnicate', 'plugins foo'])('is like nothing: %s', (typed) => {
    expect(say(typed)).toEqual([`there is no command ${typed}`, 'almanac --help']);
  });
});
