import { describe, expect, it } from '@jest/globals';
import type { End } from '../../../src/cli/populate/show-end.js';
import { createLog } from '../../../src/cli/terminal/log.js';
import type { View } from '../../../src/cli/terminal/view.js';
import { keepUpdating } from '../../../src/cli/watch/keep-updating.js';
import { AlmanacError } from '../../../src/market/almanac-error.js';

const PLAIN = { live: false, redraws: false, width: 80, colour: false, unicode: true } as const;
const START = Date.parse('2025-01-01T00:00:30Z');

function endWith(rowsAdded: number, fatal?: unknown): End {
  const ask = {
    symbol: 'BTCUSDT',
    timeframe: '1m',
    asked: { start: 0, end: 1 },
    choice: { provider: 'binance', reason: '' },
  };
  const coverage = { expected: 9, present: 9 - 2, explained: 0, missing: 2 };
  const rest = { rowsReplaced: 0, rowsTotal: 7, requests: 1, bytes: 10, warnings: [], refused: new Map() };
  const series = [{ ask, coverage, rowsAdded, ...rest }];
  return { kind: 'ran', report: { series, interrupted: false, fatal }, unserved: [] };
}

/** Rounds that end as told, a second long unless said otherwise; then the signal comes. */
async function keep(ends: readonly (End | Error)[], lengths: readonly number[] = []) {
  const stop = new AbortController();
  const out: string[] = [];
  const err: string[] = [];
  const told = createLog({ runId: 'r', format: 'human', least: 'info', write: (text) => err.push(text.trimEnd()) });
  const view: View = {
    out: PLAIN,
    err: PLAIN,
    told,
    logFormat: 'human',
    quiet: false,
    json: false,
    print: (lines) => out.push(...lines),
  };
  let now = START;
  let at = 0;
  const exit = keepUpdating({
    every: '1m',
    view,
    signal: stop.signal,
    clock: {
      now: () => now,
      async sleepUntil(instant) {
        now = Math.max(now, instant);
      },
    },
    async update() {
      const end = ends[at] as End | Error;
      now += lengths[at] ?? 1000;
      if (++at === ends.length) stop.abort();
      if (end instanceof Error) throw end;
      return end;
    },
  });
  return {
    exit: await exit,
    out: out.map((line) => line.replace(/^\S+ {2}/, '').replace(/[\d.]+ s(?=$|, failed)/, '… s')),
    err,
  };
}

describe('keepUpdating', () => {
  it('prints a line a round', async () => {
    const { exit, out, err } = await keep([endWith(5), endWith(1)]);
    expect(out).toEqual(['1 series, 5 bars added, 2 missing, … s', '1 series, 1 bar added, 2 missing, … s']);
    expect([exit, err]).toEqual([130, []]);
  });

  it('goes on after a round that failed, and says so', async () => {
    const lost = new AlmanacError('UNAVAILABLE', 'binance does not answer', { suggestions: ['almanac doctor'] });
    const { out, err } = await keep([endWith(5), lost, endWith(1, new Error('x is broken')), endWith(1)]);
    expect(out).toEqual([
      '1 series, 5 bars added, 2 missing, … s',
      'failed: binance does not answer, … s',
      '1 series, 1 bar added, 2 missing, … s, failed: x is broken (this is a fault in Almanac)',
      '1 series, 1 bar added, 2 missing, … s',
    ]);
    expect(err[0]).toBe('  Try: almanac doctor');
  });

  it('ends where the first round shows that what was typed is wrong', async () => {
    const wrong = new AlmanacError('PROVIDER_UNKNOWN', 'there is no provider "x"');
    await expect(keep([wrong, endWith(1)])).rejects.toBe(wrong);
    expect((await keep([endWith(1), wrong, endWith(1)])).out).toHaveLength(3);
  });

  it('says what a long round overran', async () => {
    const { err } = await keep([endWith(1), endWith(1), endWith(1)], [1000, 130_000, 1000]);
    expect(err).toEqual(['Warning: the last round took longer than 1m: 2 rounds were skipped']);
  });

  it('says nothing of a round that the signal broke off', async () => {
    const { out, exit } = await keep([endWith(1), new Error('aborted')]);
    expect([out.length, exit]).toEqual([1, 130]);
  });
});
