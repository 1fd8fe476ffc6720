import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createErrors } from '../../../../src/sources/host/host-error.js';
import { judgeStatus } from '../../../../src/sources/host/http/judge-status.js';

const now = Date.UTC(2024, 0, 1);
const WEEK = 7 * 86_400_000;
const error = createErrors('tiny', 'Tiny', (text) => text);
/** Where nothing that can be believed is said. */
const UNSTATED = 30_000;

/** What `Retry-After` makes of a throttle: how long from now, to the nearest tenth of a second. */
function waitFor(text: string): number {
  const judged = judgeStatus({ status: 429, headers: { 'retry-after': text }, host: 'tiny.example' }, error, now);
  return Math.round(((judged as unknown as { until: number }).until - Date.now()) / 100) * 100;
}

describe('how long to wait', () => {
  it.each([
    ['5', 5000],
    [' 5 ', 5000],
    ['0', 0],
    ['Mon, 01 Jan 2024 00:00:30 GMT', 30_000],
    ['Mon, 01 Jan 2024 00:00:00 GMT', 0],
    ['Sun, 31 Dec 2023 00:00:00 GMT', UNSTATED],
    ['-5', UNSTATED],
    ['1.5', UNSTATED],
    ['5 seconds', UNSTATED],
    ['soon', UNSTATED],
    ['', UNSTATED],
    ['315360000', WEEK],
    ['99999999999999999999', UNSTATED],
    ['Wed, 01 Jan 2034 00:00:00 GMT', WEEK],
  ])('%j', (text, wait) => {
    expect(waitFor(text)).toBe(wait);
  });

  it('is never negative, never longer than a week, never not a number', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const wait = waitFor(text);
        expect(wait >= 0 && wait <= WEEK).toBe(true);
      }),
    );
  });
});

describe('a status', () => {
  it('of success means nothing, any other something with a code', () => {
    for (let status = 100; status < 1000; status++) {
      const judged = judgeStatus({ status, headers: {}, host: 'tiny.example' }, error, now);
      if (status >= 200 && status < 300) expect(judged).toBeUndefined();
      else expect(judged).toMatchObject({ name: 'ProviderError', status });
    }
  });
});
