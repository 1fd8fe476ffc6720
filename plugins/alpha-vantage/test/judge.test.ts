import { describe, expect, it } from '@jest/globals';
import { judge } from '../src/judge.js';
import { makeError } from './make-error.js';

const judged = (reply: unknown) => {
  try {
    return judge({ text: typeof reply === 'string' ? reply : JSON.stringify(reply, undefined, 4) }, makeError);
  } catch (error) {
    return error as Error & { code: string; until?: number; retryAfterMs?: number };
  }
};
const PLANS = 'You may subscribe to any of the premium plans at https://example.test/premium/ to';

describe('refusals with status 200', () => {
  it.each([
    ['Error Message', 'the parameter apikey is invalid or missing. Please claim your free API key.', 'AUTH'],
    [
      'Error Message',
      'Invalid API call. Please retry or visit the documentation for TIME_SERIES_DAILY.',
      'SYMBOL_UNKNOWN',
    ],
    ['Error Message', 'This API function (TIME_SERIES_FOO) does not exist.', 'MALFORMED'],
    ['Error Message', 'Something else.', 'MALFORMED'],
    ['Note', 'Our standard API call frequency is 5 calls per minute and 500 calls per day.', 'THROTTLED'],
    ['Note', 'Please kindly contact support if you would like to have a higher API call volume', 'THROTTLED'],
    [
      'Information',
      'Our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans to remove all daily rate limits.',
      'QUOTA',
    ],
    [
      'Information',
      'We have detected your API key as SECRET123 and our standard API rate limit is 25 requests per day.',
      'QUOTA',
    ],
    [
      'Information',
      `Please consider spreading out your free API requests more sparingly (1 request per second). ${PLANS} lift the free key rate limit (25 requests per day) and instantly unlock all premium endpoints`,
      'THROTTLED',
    ],
    ['Information', `This is a premium endpoint. ${PLANS} instantly unlock all premium endpoints`, 'OUT_OF_REACH'],
    [
      'Information',
      `The outputsize=full parameter value is a premium feature for the TIME_SERIES_DAILY endpoint. ${PLANS} unlock`,
      'OUT_OF_REACH',
    ],
    ['Information', 'The **demo** API key is for demo purposes only. Please claim your free API key.', 'AUTH'],
    ['Information', 'Something nobody has seen yet.', 'THROTTLED'],
  ])('%s: %s', (key, text, code) => {
    const error = judged({ [key]: `Thank you! ${text}` });
    expect(error).toMatchObject({ code });
    expect(error?.message).not.toMatch(/SECRET123|Thank you/);
  });

  it('waits a moment after a burst, and for New York’s midnight after the day’s last request', () => {
    expect(judged({ Information: 'more sparingly (1 request per second), 25 requests per day' })?.retryAfterMs).toBe(
      1500,
    );
    const until = judged({ Information: '25 requests per day' })?.until as number;
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'medium' }).format(until);
    expect(shown).toBe('00:00:00');
    expect(until - Date.now()).toBeGreaterThan(0);
    expect(until - Date.now()).toBeLessThanOrEqual(25 * 3_600_000);
  });

  it('sees a table that was cut', () => {
    expect(judged('timestamp,open,high,low,close\r\n2024-01-05,1,2,1,2\r\n2024-01-0')).toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  it.each([
    '{}',
    '{"Meta Data":{}}',
    'timestamp,open\r\n',
    '{"Time Series (Daily)":{}}',
    '',
    '{"cut',
    '{"Information":7}',
  ])('%s is for others to judge', (text) => expect(judged(text)).toBeUndefined());
});
