import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Case, conformanceCases } from '../../../src/conformance/index.js';
import type { Market } from '../../sandbox/src/market/market.js';
import { yahoo } from '../src/index.js';
import { market, openSandbox } from './open-sandbox.js';

const NOW = '2024-12-10T12:00:00Z';
let cases: readonly Case[];
let close: () => Promise<void>;

beforeAll(async () => {
  // One rule asks for everything there is: this world is young, so that it is not much.
  const since = Date.parse('2023-06-01');
  const young: Market = {
    ...market,
    bars: (listing, step, start, end) => market.bars(listing, step, Math.max(start, since), end),
  };
  const sandbox = await openSandbox(NOW, { market: young });
  close = sandbox.close;
  cases = conformanceCases({
    provider: yahoo,
    options: { url: sandbox.url },
    now: () => Date.parse(NOW),
    pace: 'free',
  });
});
afterAll(() => close());

describe('what every provider has to do', () => {
  const rules = conformanceCases({ provider: yahoo });
  it.each(rules.map(({ rule, name }) => [rule, name]))('%s', async (rule) => {
    await cases.find((each) => each.rule === rule)?.run();
    expect(cases).toHaveLength(rules.length);
  });
});
