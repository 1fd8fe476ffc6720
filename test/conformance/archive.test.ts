import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkProvider } from '../../src/conformance/index.js';
import { type Mistakes, startTinyArchive, withArchive } from './tiny-archive.js';
import { NOW } from './tiny-server.js';

const WRONG: readonly (readonly [string, Mistakes, string, RegExp])[] = [
  ['seconds', { seconds: true }, 'archive-period', /24 of 24 rows of 2024-01-10 lie outside \[2024-01-10T00:00:00Z/],
  [
    'absence in place of a failure',
    { absentOnError: true },
    'archive-absent',
    /met with status 500 .* called it absent/,
  ],
  ['no look at the checksum', { believesAll: true }, 'archive-mismatch', /one byte .* gave 24 rows, checksum verified/],
  ['a part in place of the whole', { cutIsWhole: true }, 'archive-whole', /cut in the middle, it gave \d+ rows/],
  ['a bare TypeError', { bareError: true }, 'archive-whole', /a page of HTML, it threw TypeError/],
];

describe('the rules for bulk files', () => {
  let server: Awaited<ReturnType<typeof startTinyArchive>>;
  beforeAll(async () => {
    server = await startTinyArchive();
  });
  afterAll(() => server.close());

  const failuresOf = async (mistakes: Mistakes) => {
    const provider = withArchive(mistakes);
    const { results } = await checkProvider({ provider, options: server.options, now: () => NOW });
    const about = results.filter(({ rule }) => rule.startsWith('archive-'));
    expect(about.map(({ outcome }) => outcome)).not.toContain('skipped');
    return results.filter(({ outcome }) => outcome === 'fail');
  };

  it('hold for a reader that does everything right', async () => {
    expect(await failuresOf({})).toEqual([]);
  });

  it.each(WRONG)('find %s, and nothing else', async (_what, mistakes, rule, reason) => {
    const failed = await failuresOf(mistakes);
    expect(failed.map((each) => each.rule)).toEqual([rule]);
    expect(failed[0]?.reason).toMatch(reason);
    expect(failed[0]?.evidence?.at(-1)).toMatch(/^file 2024-01-10 \(day\) http/);
  });
});
