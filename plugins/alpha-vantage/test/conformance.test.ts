import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Case, conformanceCases } from '../../../src/conformance/index.js';
import { alphaVantage } from '../src/index.js';
import { openSandbox } from './open-sandbox.js';

const NOW = '2024-12-10T12:00:00Z';
let cases: readonly Case[];
let close: () => Promise<void>;

beforeAll(async () => {
  const sandbox = await openSandbox(NOW);
  close = sandbox.close;
  const options = { url: sandbox.url, apiKey: 'premium-key', plan: 'premium' };
  cases = conformanceCases({ provider: alphaVantage, options, now: () => Date.parse(NOW), pace: 'free' });
});
afterAll(() => close());

describe('what every provider has to do', () => {
  const rules = conformanceCases({ provider: alphaVantage });
  it.each(rules.map(({ rule, name }) => [rule, name]))('%s', async (rule) => {
    await cases.find((each) => each.rule === rule)?.run();
    expect(cases).toHaveLength(rules.length);
  });
});
