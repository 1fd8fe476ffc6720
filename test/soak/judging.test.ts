import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';
// @ts-expect-error: plain JavaScript, as all of the soak is
import { checkRows } from './check-rows.js';
// @ts-expect-error: plain JavaScript
import { judgeFlatness, measureFlatness } from './flatness.js';
// @ts-expect-error: plain JavaScript
import { judgeRun } from './judge-run.js';
// @ts-expect-error: plain JavaScript
import { findLeftovers } from './tidiness.js';

const cache = temporaryFolder();

// An hour in which nothing is found says something only if what is wrong would be.

const samples = (rss: (i: number) => number, fds: (i: number) => number) =>
  Array.from({ length: 600 }, (_, i) => ({ rss: rss(i) + (i % 7), fds: fds(i) + (i % 3) }));
const wrongWith = (rss: (i: number) => number, fds: (i: number) => number): string[] =>
  judgeFlatness(measureFlatness(samples(rss, fds)));

describe('memory and open files', () => {
  it('that warm up and stay are flat', () => {
    expect(
      wrongWith(
        (i) => 100 - 50 / (1 + i),
        () => 20,
      ),
    ).toEqual([]);
  });

  it('that go on growing are told', () => {
    const steady = (): number => 20;
    expect(wrongWith((i) => 100 + i / 10, steady)).toEqual([expect.stringContaining('memory grew')]);
    expect(wrongWith(steady, (i) => 20 + i / 60)).toEqual([expect.stringContaining('open files grew')]);
  });
});

describe('a program that ended', () => {
  const ended = { exit: 0, signal: null, stderr: '', document: {} };
  const may = { exits: [0, 4], hurt: false, signalled: false };

  it.each([
    ['as it may', {}, []],
    ['with a status it has no reason for', { exit: 2 }, ['it ended with 2']],
    ['by a signal that nobody sent', { exit: null, signal: 'SIGSEGV' }, [expect.stringContaining('SIGSEGV')]],
    ['in a stack', { stderr: 'x\n    at put (file:///a.js:1:2)' }, ['it crashed']],
    [
      'with a damage that nobody did',
      { exit: 4, document: { series: [{ error: { code: 'STORE_DAMAGED' } }] } },
      ['it says STORE_DAMAGED'],
    ],
  ])('%s', (_, run, wrong) => {
    expect(judgeRun({ ...ended, ...run }, may).wrong).toEqual(wrong);
  });
});

describe('rows that a reader got', () => {
  const series = { symbol: 'A', timeframe: '1m', truth: true };
  const time = Float64Array.from([0, 60_000]);
  const one = Float64Array.from([1, 1]);
  const market = { truth: async () => ({ time, open: one, high: one, low: one, close: one }) };
  const header = 'timestamp,open,high,low,close,volume';
  const row = (at: number, close = 1): string => `${new Date(at).toISOString()},1,1,1,${close},5`;

  it.each([
    ['all of the truth', [header, row(0), row(60_000), ''], 0],
    ['a price that is another', [header, row(0), row(60_000, 2), ''], 1],
    ['a bar that never was', [header, row(30_000), ''], 1],
    ['a bar twice', [header, row(0), row(0), ''], 1],
    ['a row that is cut', [header, row(0), '1970-01-01T00:01'], 1],
  ])('%s', async (_, lines, wrong) => {
    expect(await checkRows(market, series, { stdout: lines.join('\n'), exit: 0, signal: null })).toHaveLength(wrong);
  });
});

it('a temporary file that was left is found, wherever it lies', () => {
  mkdirSync(path.join(cache, 'A', '1h'), { recursive: true });
  writeFileSync(path.join(cache, 'A', '1h', '.2024.0123.data.tmp'), '');
  writeFileSync(path.join(cache, 'A', '1h', '.lock'), '');
  expect(findLeftovers(cache)).toEqual(['A/1h/.2024.0123.data.tmp was left']);
});
