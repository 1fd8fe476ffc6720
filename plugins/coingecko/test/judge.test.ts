import { describe, expect, it } from '@jest/globals';
import type { MakeError } from '../../../src/provider/index.js';
import { judgeReply } from '../src/judge.js';

const error: MakeError = (code, message, details) => Object.assign(new Error(message), { code, ...details });
const url = new URL('https://api.coingecko.com/api/v3/coins/bitcoin/ohlc');

function judge(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  try {
    judgeReply({ url, status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) }, error);
    return undefined;
  } catch (thrown) {
    return thrown as Error & { code: string; retryAfterMs?: number; suggestion?: string };
  }
}

const words = 'some words';
const RATE_PAGE =
  '<!DOCTYPE html><title>Access denied | api.coingecko.com used Cloudflare to restrict access</title><h1>Error 1015</h1><h2>You are being rate limited</h2>';
const flat = (code: number) => ({ status: { error_code: code, error_message: words } });
const nested = (code: number) => ({ error: { status: { error_code: code, error_message: words } } });
const top = (code: number) => ({ timestamp: '2026-01-01', error_code: code, status: { error_message: words } });

describe('refusals', () => {
  it.each([
    ['past the year', 401, nested(10012), 'OUT_OF_REACH'],
    ['past the year, flat', 401, flat(10012), 'OUT_OF_REACH'],
    ['paid only', 401, flat(10005), 'OUT_OF_REACH'],
    ['no key', 401, flat(10002), 'AUTH'],
    ['a pro key on the public host', 400, top(10010), 'AUTH'],
    ['a demo key on the pro host', 400, top(10011), 'AUTH'],
    ['no such coin', 404, { error: 'coin not found' }, 'SYMBOL_UNKNOWN'],
    ['too many', 429, flat(429), 'THROTTLED'],
    ['too many, dressed as success', 200, flat(429), 'THROTTLED'],
    ['too many, in one bare word', 429, 'Throttled', 'THROTTLED'],
    ['too many, in one bare word with 200', 200, 'Throttled', 'THROTTLED'],
    ['a breakdown dressed as success', 200, { status: 500, error: 'Internal Server Error' }, 'UNAVAILABLE'],
    ['another refusal dressed as success', 200, { error: 'Missing parameter vs_currency' }, 'MALFORMED'],
    ['no such coin, dressed as success', 200, { error: 'coin not found' }, 'SYMBOL_UNKNOWN'],
    ['too many, on the firewall’s page', 429, RATE_PAGE, 'THROTTLED'],
    ['the firewall', 403, '<html><title>Attention Required! | Cloudflare</title></html>', 'BLOCKED'],
    ['the firewall in short', 403, 'error code: 1020', 'BLOCKED'],
    [
      'its waiting room',
      200,
      '<!DOCTYPE html><title>Just a moment...</title><a href="https://www.cloudflare.com">',
      'BLOCKED',
    ],
  ])('%s', (_what, status, body, code) => {
    expect(judge(status, body)?.code).toBe(code);
  });

  it('quotes what was said, and says what to do', () => {
    const refusal = judge(401, nested(10012));
    expect(refusal?.message).toContain(words);
    expect(refusal?.suggestion).toContain('365 days');
    expect(judge(400, top(10011))?.suggestion).toContain('"plan": "demo"');
  });

  it('waits as long as it is told to, also with status 200', () => {
    expect(judge(200, flat(429), { 'retry-after': '7' })?.retryAfterMs).toBe(7000);
    expect(judge(429, flat(429))?.retryAfterMs).toBe(60_000);
    expect(judge(429, RATE_PAGE, { 'retry-after': '1800' })?.retryAfterMs).toBe(1_800_000);
    expect(judge(429, RATE_PAGE, { 'cf-mitigated': 'challenge' })).toMatchObject({ code: 'THROTTLED', status: 429 });
    expect(judge(429, RATE_PAGE)?.retryAfterMs).toBe(60_000);
  });

  it.each([
    ['candles', 200, [[1, 2, 3, 4, 5]]],
    ['prices', 200, { prices: [[1, 2]] }],
    ['a long reply that has errors in it', 200, { error: 'x'.repeat(5000) }],
    ['a body still to come', 200, ''],
    ['a plain 500', 500, 'Internal Server Error'],
    ['a plain 401', 401, ''],
    ['a 422 in words', 422, { error: 'Missing parameter vs_currency' }],
  ])('leaves %s to the host', (_what, status, body) => {
    expect(judge(status, body)).toBeUndefined();
  });
});
