import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkProvider, conformanceCases } from '../../src/conformance/index.js';
import type { AnyProvider } from '../../src/provider/index.js';
import { tiny } from './tiny-provider.js';
import { NOW, startTinyServer, type TinyServer } from './tiny-server.js';
import { dropsFirst } from './wrong-providers/drops-first.js';
import { emptyOnError } from './wrong-providers/empty-on-error.js';
import { globalFetch } from './wrong-providers/global-fetch.js';
import { greedy } from './wrong-providers/greedy.js';
import { ignoresAbort } from './wrong-providers/ignores-abort.js';
import { inclusiveEnd } from './wrong-providers/inclusive-end.js';
import { latestInsteadOfEmpty } from './wrong-providers/latest-instead-of-empty.js';
import { leaksKey } from './wrong-providers/leaks-key.js';
import { nullToZero } from './wrong-providers/null-to-zero.js';
import { pageOverlap } from './wrong-providers/page-overlap.js';
import { seconds } from './wrong-providers/seconds.js';
import { swallowedUnknownSymbol } from './wrong-providers/swallowed-unknown-symbol.js';
import { takesAnything } from './wrong-providers/takes-anything.js';
import { typeErrorOnGarbage } from './wrong-providers/type-error-on-garbage.js';
import { unclosedBar } from './wrong-providers/unclosed-bar.js';
import { unsorted } from './wrong-providers/unsorted.js';

/** Each wrong provider, the rule it breaks, and what the report has to say about it. */
const WRONG: readonly (readonly [string, AnyProvider, string, RegExp])[] = [
  ['an inclusive end', inclusiveEnd, 'half-open-end', /opens at the end itself/],
  ['an unsorted page', unsorted, 'ascending', /comes after one that is later/],
  ['seconds', seconds, 'milliseconds', /a time is in seconds/],
  [
    'the latest in place of nothing',
    latestInsteadOfEmpty,
    'empty-range',
    /before there was any data .* it brings 9 bars/,
  ],
  [
    'a forming bar',
    unclosedBar,
    'closed-only',
    /at 2024-03-01T12:30:00Z it brings a bar that closes at 2024-03-01T13:00:00Z/,
  ],
  ['nothing in place of a failure', emptyOnError, 'failure-is-not-empty', /met with status 500 .* ended with 0 rows/],
  ['pages that overlap', pageOverlap, 'no-overlap', /batch 2 of 3 brings a bar again/],
  ['zero in place of null', nullToZero, 'null-is-not-zero', /was null on the wire, and became zero/],
  [
    'nothing in place of an unknown symbol',
    swallowedUnknownSymbol,
    'unknown-symbol',
    /does not exist, it ended with 0 rows/,
  ],
  ['a bare TypeError', typeErrorOnGarbage, 'errors-are-coded', /it threw (TypeError|SyntaxError)/],
  ['no ear for an abort', ignoresAbort, 'stops-on-abort', /it brought 4 more/],
  ['a start that is outside', dropsFirst, 'adjacency', /in two halves that meet at 2024-01-12T12:00:00Z/],
  ['too many requests', greedy, 'limits', /make 3 requests of 120 bars, and it sent 20/],
  ['garbage for symbols', takesAnything, 'instrument-refuses', /for one of its own/],
  ['its key in an error', leaksKey, 'secrets', /it shows its key/],
  ['the global fetch', globalFetch, 'no-globals', /calls the global fetch/],
];

const ARCHIVE = ['archive-period', 'archive-absent', 'archive-mismatch', 'archive-whole'];

describe('the conformance suite', () => {
  let server: TinyServer;
  beforeAll(async () => {
    server = await startTinyServer();
  });
  afterAll(() => server.close());

  const check = (provider: AnyProvider) =>
    checkProvider({ provider, options: { url: server.url }, now: () => NOW, patienceMs: 5000 });

  it('passes a provider that does everything right', async () => {
    const { results } = await check(tiny);
    expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    const skipped = results.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule);
    expect(skipped).toEqual(['probe', 'instruments', 'first-bar', ...ARCHIVE]);
  });

  it.each(WRONG)('finds %s, and nothing else', async (_what, provider, rule, reason) => {
    const failed = (await check(provider)).results.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map((each) => each.rule)).toEqual([rule]);
    expect(failed[0]?.reason).toMatch(reason);
    expect(failed[0]?.evidence?.length).toBeGreaterThan(0);
  });

  it('shows the row and the request', async () => {
    const failed = (await check(inclusiveEnd)).results.find(({ outcome }) => outcome === 'fail');
    expect(failed?.evidence?.[0]).toContain('row 1705276800000 (2024-01-15T00:00:00Z)');
    expect(failed?.evidence?.at(-1)).toContain('/bars?symbol=TINYUSDT&from=');
  });

  it('gives its rules as tests that throw', async () => {
    const cases = conformanceCases({ provider: inclusiveEnd, options: { url: server.url }, now: () => NOW });
    const run = (rule: string) => cases.find((each) => each.rule === rule)?.run();
    await expect(run('half-open-end')).rejects.toMatchObject({ name: 'ConformanceFailure', rule: 'half-open-end' });
    await expect(run('half-open-start')).resolves.toBeUndefined();
  });

  it('stays below the stated limits of a real server, over all rules together', async () => {
    const windows = [{ name: 'second', max: 20, perMs: 1000 }];
    const capabilities = (options: Parameters<typeof tiny.capabilities>[0]) => ({
      ...tiny.capabilities(options),
      limits: { pools: { main: { concurrency: 2, windows } } },
    });
    const own = await startTinyServer();
    try {
      const options = { url: own.url };
      const provider: AnyProvider = { ...tiny, capabilities };
      const { results } = await checkProvider({ provider, options, now: () => NOW, pace: 'stated' });
      expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
      const crowd = Math.max(
        ...own.asked.map((at) => own.asked.filter((each) => each >= at && each < at + 1000).length),
      );
      expect(crowd).toBeLessThanOrEqual(20);
      // Faults are put into replies that were kept: twenty of them cost the server nothing.
      expect(own.asked.length).toBeLessThan(40);
    } finally {
      await own.close();
    }
  });

  it('leaves out what it is told to, and says why', async () => {
    const skip = [{ rule: 'half-open-end', reason: 'known, and being seen to' }];
    const options = { url: server.url };
    const { results } = await checkProvider({ provider: inclusiveEnd, options, now: () => NOW, skip });
    expect(results.find(({ rule }) => rule === 'half-open-end')).toMatchObject({
      outcome: 'skipped',
      reason: skip[0]?.reason,
    });
  });
});
