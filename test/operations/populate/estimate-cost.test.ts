import { expect, it } from '@jest/globals';
import { estimateCost, type ProviderFacts, type Work } from '../../../src/operations/populate/estimate-cost.js';

const DAY = 86_400_000;
const facts = (windows: { max: number; perMs: number }[], leftToday?: number): ProviderFacts => ({
  limits: { pools: { main: { concurrency: 2, windows: windows.map((each, i) => ({ name: `w${i}`, ...each })) } } },
  leftToday,
});
const live = (provider: string, requests: number): Work => ({ provider, kind: 'live', requests, weight: requests * 2 });
const file = (provider: string, bytes?: number): Work => ({ provider, kind: 'file', requests: 2, weight: 0, bytes });

it('adds up what is asked, and the slowest provider decides how long it takes', () => {
  const works = [live('a', 10), file('a', 1000), file('a', 500), live('b', 100)];
  const known = new Map([
    ['a', facts([])],
    ['b', facts([{ max: 10, perMs: 60_000 }])],
  ]);
  // b: 10 at once, and 90 more at 10 a minute.
  expect(estimateCost(works, known)).toEqual({
    requests: 114,
    weight: 220,
    bytes: 1500,
    quotaDays: 0,
    etaSeconds: 540,
  });
});

it('counts days by what is left today and then by whole allowances; files are no matter', () => {
  const daily = [{ max: 25, perMs: DAY }];
  const days = (requests: number, left?: number) =>
    estimateCost([live('a', requests)], new Map([['a', facts(daily, left)]])).quotaDays;
  expect([days(25), days(26), days(50), days(51), days(5, 4), days(4, 4), days(54, 4), days(55, 4)]).toEqual([
    1, 2, 2, 3, 2, 1, 3, 4,
  ]);
  expect(estimateCost([file('a')], new Map([['a', facts(daily)]])).quotaDays).toBe(0);
});
