import { describe, expect, it } from '@jest/globals';
import { exitOfPopulate } from '../../../src/cli/populate/exit-of-populate.js';
import {
  describeBarren,
  describePlan,
  describeTotals,
  describeTroubles,
  describeUnserved,
  summarisePopulate,
} from '../../../src/cli/populate/populate-summary.js';
import { describeTerminal } from '../../../src/cli/terminal/terminal.js';

const at = (columns: number) => describeTerminal({ isTTY: true, columns }, { NO_COLOR: '1' });
const asked = { start: Date.UTC(2026, 5, 1), end: Date.UTC(2026, 8, 16, 12) };
const counts = { expected: 107, present: 0, explained: 0, missing: 107 };
const ask = (symbol: string, timeframe = '1h') => ({
  symbol,
  timeframe,
  asked,
  choice: { provider: 'alpha-vantage', reason: 'the default for synthetic indices' },
});
const failed = (symbol: string, message: string) => ({
  symbol,
  timeframe: '1d',
  error: { code: 'UNAVAILABLE', message, suggestions: [] },
});
const line = { rowsAdded: 0, coverage: counts, requests: 1, warnings: [] };

describe('a plan', () => {
  const cost = { requests: 1, weight: 1, bytes: 0, quotaDays: 0, etaSeconds: 0.02 };
  const plan = { ask: ask('BTCUSDT'), coverage: counts, tasks: [{ via: 'live', requests: 1 }] };

  it('says the whole of every reason at 80 columns, and one request of one', () => {
    const lines = describePlan([plan], cost, at(80)).join('\n').split('\n');
    expect(lines.every((text) => text.length <= 80)).toBe(true);
    const reason = lines.slice(1, -2).map((text) => text.slice(lines[0]?.indexOf('WHY')).trim());
    expect(reason.join(' ')).toBe('the default for synthetic indices');
    expect(lines.at(-1)).toBe('1 request, under a second. Nothing was fetched yet.');
  });

  it('for nothing at all does not say that nothing is missing', () => {
    expect(describePlan([], { ...cost, requests: 0 }, at(80))).toEqual([]);
    expect(exitOfPopulate([], [failed('BTCUSDT', 'no network')])).toBe(1);
  });
});

describe('a report', () => {
  it('names whom bars are from in full at 80 columns, and leaves out what was typed', () => {
    const [head, row] = summarisePopulate([{ ...line, ask: ask('BTCUSDT') }], at(80));
    expect(head).not.toContain(' FROM  ');
    expect([head?.endsWith('FROM WHOM'), row?.endsWith('alpha-vantage')]).toEqual([true, true]);
  });

  it('says once what went wrong with many, and what to type', () => {
    expect(describeUnserved([failed('A', 'no network'), failed('B', 'no network'), failed('C', 'gone')])).toEqual([
      'A 1d; B 1d: no network\n  Try: almanac doctor',
      'C 1d: gone\n  Try: almanac doctor',
    ]);
    const error = { code: 'UNAVAILABLE', message: 'no network', suggestions: ['x'] };
    expect(describeTroubles(['A', 'B', 'C'].map((symbol) => ({ ...line, ask: ask(symbol), error })))).toEqual([
      'A 1h and 2 more: no network\n  Try: x',
    ]);
  });

  it('says of an answer without a bar that there was none', () => {
    expect(describeBarren([{ ...line, ask: ask('LUNAUSDT') }])).toEqual([
      'LUNAUSDT 1h: alpha-vantage has no bar of it from 2026-06-01 to 2026-09-16 12:00',
    ]);
    expect(describeBarren([{ ...line, ask: ask('A'), coverage: { ...counts, present: 1 } }])).toEqual([]);
  });

  it('does not call a failure nothing to add', () => {
    const totals = { added: 0, requests: 0, bytes: 0, missing: 0, failed: false, seconds: 1 };
    expect(describeTotals(totals)).toBe('nothing to add · nothing was asked · 1.0 s');
    expect(describeTotals({ ...totals, failed: true })).toBe('nothing was added · 1.0 s');
    expect(describeTotals({ ...totals, added: 1, requests: 1 })).toBe('1 bar added · 1 request, 0 B · 1.0 s');
  });
});
