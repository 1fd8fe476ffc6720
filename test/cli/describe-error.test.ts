import { describe, expect, it } from '@jest/globals';
import { describeError } from '../../src/cli/describe-error.js';
import { Interrupt } from '../../src/cli/interrupt.js';
import { createLog } from '../../src/cli/terminal/log.js';
import { renderError } from '../../src/cli/terminal/render-error.js';
import { describeTerminal } from '../../src/cli/terminal/terminal.js';
import { AlmanacError } from '../../src/market/almanac-error.js';

const plain = describeTerminal({}, {});

describe('errors', () => {
  it('take their exit and suggestion from the one table', () => {
    expect(describeError(new AlmanacError('STORE_LOCKED', 'busy'), 'almanac x')).toMatchObject({
      code: 'STORE_LOCKED',
      exit: 5,
    });
    expect(describeError(new AlmanacError('NO_DATA', 'none'), 'almanac x').suggestions).toEqual(['almanac cache list']);
    expect(describeError(new AlmanacError('NO_DATA', 'none', { suggestions: ['a'] }), 'almanac x').suggestions).toEqual(
      ['a'],
    );
  });

  it('of what was typed offer the help of that command, where they know nothing better', () => {
    const odd = new AlmanacError('USAGE', 'nothing there has the layout "x"; found: y');
    expect(describeError(odd, 'almanac cache migrate').suggestions).toEqual(['almanac cache migrate --help']);
  });

  it('that say no next step themselves get the one of their code', () => {
    for (const code of ['DATE_INVALID', 'SYMBOL_UNKNOWN', 'THROTTLED', 'QUOTA', 'FILE_UNREADABLE'] as const) {
      expect([code, describeError(new AlmanacError(code, 'x'), 'almanac x').suggestions]).toEqual([
        code,
        [expect.any(String)],
      ]);
    }
    const gone = Object.assign(new Error('ENOENT'), { code: 'ENOENT', path: '/x' });
    expect(describeError(gone, 'almanac x').suggestions).toHaveLength(1);
  });

  it('of the system become a sentence', () => {
    const denied = Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES', path: '/data/x' });
    expect(describeError(denied, 'almanac x')).toMatchObject({
      exit: 5,
      message: 'this user may not read or write /data/x',
    });
    expect(describeError(Object.assign(new Error(), { code: 'ENOSPC' }), 'almanac x')).toMatchObject({
      code: 'STORE_FULL',
      exit: 5,
    });
  });

  it('nobody expected show no stack', () => {
    const failure = describeError(new TypeError('x is not a function\n    at y'), 'almanac cache list');
    expect(failure).toMatchObject({ code: 'UNEXPECTED', exit: 1 });
    expect(renderError(failure, plain)).not.toContain('    at ');
    expect(describeError('thrown text', 'almanac x').message).toContain('thrown text');
  });

  it('fit 80 columns, in colour only where it is wanted', () => {
    const failure = { message: `it failed ${'and went on '.repeat(20)}`.trim(), suggestions: ['almanac cache list'] };
    expect(
      renderError(failure, plain)
        .split('\n')
        .every((line) => line.length <= 80),
    ).toBe(true);
    const tty = { isTTY: true, columns: 80 };
    expect(renderError(failure, describeTerminal(tty, { TERM: 'xterm' }))).toContain('\u001b[31m');
    expect(describeTerminal(tty, { NO_COLOR: '1' }).colour).toBe(false);
    expect(describeTerminal(tty, {}, true).colour).toBe(false);
    expect(describeTerminal(tty, { LANG: 'C' }).unicode).toBe(false);
  });
});

describe('mistakes in a line', () => {
  const wrong = (thrown: object) => describeError({ oclif: { exit: 2 }, ...thrown }, 'almanac cache get');

  it('name what was given and what was not', () => {
    const parse = { output: { args: { symbol: 'BTC USD', interval: undefined } } };
    expect(wrong({ message: 'Missing 1 required arg:\n…', args: [{ name: 'interval' }], parse })).toMatchObject({
      message: 'interval must be given',
      suggestions: ["almanac cache get 'BTC USD' INTERVAL", 'almanac cache get --help'],
    });
    const flag = { message: 'The following error occurred:\n  Missing required flag from\nSee more help with --help' };
    expect(wrong(flag).message).toBe('--from must be given');
  });

  it('say which flag was meant', () => {
    const parse = { input: { flags: { symbols: {}, json: {} } } };
    expect(wrong({ message: 'Nonexistent flag: --symbol', flags: ['--symbol'], parse })).toMatchObject({
      message: 'unknown flag --symbol; did you mean --symbols?',
      suggestions: ['almanac cache get --help'],
    });
    const many = { message: 'Parsing --concurrency \n\tExpected an integer but received: x' };
    expect(wrong(many).message).toBe('--concurrency: expected an integer but received: x');
  });
});

describe('the log', () => {
  it('breaks sentences to a person’s width, hints under their line, and leaves those of programs whole', () => {
    const say = (isTTY: boolean) => {
      const lines: string[] = [];
      const terminal = describeTerminal({ isTTY, columns: 40 }, { NO_COLOR: '1' });
      const log = createLog({
        runId: 'r',
        format: 'human',
        least: 'info',
        write: (text) => lines.push(text),
        terminal,
      });
      log.warn('a sentence that is longer than forty cells\n  Try: almanac doctor, and so on, and so on');
      return lines.join('');
    };
    expect(say(true)).toBe(
      'Warning: a sentence that is longer than\n         forty cells\n  Try: almanac doctor, and so on, and so\n    on\n',
    );
    expect(say(false).split('\n')).toHaveLength(3);
  });

  it('writes one JSON object a line with the run id, and keeps quiet below its level', () => {
    const lines: string[] = [];
    const log = createLog({ runId: 'r1', format: 'json', least: 'warn', write: (text) => lines.push(text) });
    log.info('not this');
    log.warn('this', { rows: 3 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'warn', runId: 'r1', message: 'this', rows: 3 }),
    ]);
  });
});

describe('an interrupt', () => {
  it('stops at once while nobody heeds it, and cleanly once somebody does', () => {
    const stops: number[] = [];
    const interrupt = new Interrupt((exit) => stops.push(exit));
    process.emit('SIGINT');
    const { signal } = interrupt;
    process.emit('SIGTERM');
    expect([stops, signal.aborted, interrupt.exit]).toEqual([[130], true, 143]);
    process.emit('SIGINT');
    expect(stops).toEqual([130, 130]);
    interrupt.release();
  });
});
