import { describe, expect, it } from '@jest/globals';
import { foresee, judgePopulate } from '../../../src/cli/populate/judge-populate.js';

const counts = (present: number, missing: number) => ({ expected: present + missing, present, explained: 0, missing });
const whole = { coverage: counts(9, 0) };
const error = (code: string) => ({ error: { code } });
const without = (code: string) => ({ coverage: counts(0, 9), ...error(code) });

describe('how a run ended', () => {
  it.each([
    ['all there', [whole], [], 'complete', 0],
    ['some missing', [{ coverage: counts(3, 6) }], [], 'partial', 4],
    ['some refused', [whole], [error('UNSUPPORTED')], 'partial', 4],
    ['all mistaken', [], [error('UNSUPPORTED'), error('SYMBOL_UNKNOWN')], 'failed', 2],
    ['all broken', [without('UNAVAILABLE')], [error('UNSUPPORTED')], 'failed', 1],
    ['all to be had later', [without('THROTTLED')], [error('QUOTA')], 'partial', 4],
    ['all out of reach', [], [error('OUT_OF_REACH')], 'partial', 4],
  ] as const)('%s', (_, series, unserved, status, exit) => {
    expect(judgePopulate(series, unserved)).toEqual({ status, exit });
  });
});

describe('a plan', () => {
  it('is judged as its run, if all goes well', () => {
    const [asked, stuck] = foresee([
      { coverage: counts(3, 6), tasks: ['live'] },
      { coverage: counts(3, 6), tasks: [] },
    ]);
    expect([asked?.coverage, stuck?.coverage]).toEqual([counts(9, 0), counts(3, 6)]);
  });

  it('does not promise what lies beyond the reach of whoever is asked', () => {
    const [far] = foresee([{ coverage: { ...counts(3, 6), beyondReach: 4 }, tasks: ['live'] }]);
    expect(judgePopulate([far as never], [])).toEqual({ status: 'partial', exit: 4 });
    expect(far?.coverage).toMatchObject(counts(5, 4));
  });
});
