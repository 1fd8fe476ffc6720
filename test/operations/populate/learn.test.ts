import { expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../../../src/market/calendar.js';
import type { Range } from '../../../src/market/range.js';
import type { Ask } from '../../../src/operations/populate/ask.js';
import { learnEmpty } from '../../../src/operations/populate/learn.js';
import type { NoteBook } from '../../../src/operations/populate/notes.js';

const DAY = 86_400_000;
const HOLE: Range = { start: Date.UTC(2024, 2, 1), end: Date.UTC(2024, 2, 2) };

/** One series, asked of a provider that has nothing, at a time of the test's choosing. */
function openLearning(hasAlternates = false, finality?: number) {
  let page: unknown;
  const notes: NoteBook = {
    update: async (_, change) => {
      const { next, result } = change(page);
      page = next ?? page;
      return result;
    },
  };
  return (hours: number, range = HOLE, provider = 'binance') => {
    const expectation = { calendar: ALWAYS_OPEN, timeframe: '1h', grid: 'clock' };
    const choice = { provider, timeframe: { timeframe: '1h', finality } };
    const ask = { symbol: 'BTCUSDT', timeframe: '1h', choice, expectation, hasAlternates } as Ask;
    const now = () => Date.UTC(2025, 0, 1) + hours * 3_600_000;
    return learnEmpty(ask, [range], { notes, noteName: () => 'BTCUSDT.1h', now });
  };
}

it('an empty answer leaves bars missing, and a second one explains them a day later, not before', async () => {
  const learn = openLearning();
  expect(await learn(0)).toEqual([]);
  expect(await learn(24)).toEqual([HOLE]);
  const early = openLearning();
  expect([await early(0), await early(23)]).toEqual([[], []]);
});

it('only what was empty both times is explained, and only by one and the same provider', async () => {
  const learn = openLearning();
  await learn(0);
  const wider = { start: HOLE.start - DAY, end: HOLE.end - 3_600_000 };
  expect(await learn(25, wider)).toEqual([{ start: HOLE.start, end: wider.end }]);
  const other = openLearning();
  await other(0);
  expect(await other(25, HOLE, 'coinbase')).toEqual([]);
});

it('bars stay missing where somebody else could be asked', async () => {
  const learn = openLearning(true);
  expect([await learn(0), await learn(48)]).toEqual([[], []]);
});

it('what closed within the hour, or is not final by its provider’s word, may only be late, and is asked for again', async () => {
  const midnight = Date.UTC(2025, 0, 1);
  const recent: Range = { start: midnight - 2 * 3_600_000, end: midnight };
  const learn = openLearning();
  await learn(0.5, recent);
  expect(await learn(24.5, recent)).toEqual([{ start: recent.start, end: midnight - 3_600_000 }]);
  const slow = openLearning(false, 3 * 3_600_000);
  await slow(0.5, recent);
  expect(await slow(24.5, recent)).toEqual([]);
});
