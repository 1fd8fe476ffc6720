import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Redactor } from '../../src/settings/redactor.js';

const CANARY = 'CANARY-%+/=é…';
const redact = (secret: string, text: string): string => new Redactor([secret]).redact(text);

/** Every way in which a secret of any text is likely to leave; the name is what a failure shows. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  'URL-encoded': encodeURIComponent,
  'URL-encoded in lower case': (secret) =>
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase()),
  'form-encoded': (secret) => new URLSearchParams({ k: secret }).toString().slice(2),
  'encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'put into a query by hand': (secret) => new URL(`http://h/?k=${encodeURIComponent(secret)}`).search.slice(3),
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON with escaped slashes': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in upper case': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'as a header is read': (secret) => Buffer.from(secret).toString('latin1'),
};

/** A secret that is part of what replaces secrets would always be found in the result. */
const isFair = (secret: string): boolean => {
  const forms = Object.values(FORMS).map((form) => form(secret).toLowerCase());
  return !forms.some((form) => '[secret]'.includes(form) || /[[\]]/.test(form));
};
const secrets = fc
  .oneof(fc.string({ minLength: 4, maxLength: 60 }), fc.string({ minLength: 4, maxLength: 40, unit: 'binary' }))
  // Short numbers are ids, and found in prices.
  .filter((secret) => isFair(secret) && !/^\d{1,9}$/.test(secret));

describe('a secret', () => {
  it.each(Object.keys(FORMS))('of any text does not survive %s', (name) => {
    const form = FORMS[name] as (secret: string) => string;
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        expect(redact(secret, `${before} ${form(secret)} ${after}`)).not.toContain(form(secret));
      }),
      { numRuns: 300 },
    );
  });

  it('does not survive base64 of user:key, wherever in it it begins', () => {
    fc.assert(
      fc.property(secrets, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (secret, user, rest) => {
        const bytes = Buffer.from(secret);
        const before = Buffer.byteLength(`${user}:`);
        const whole = Buffer.from(`${user}:${secret}${rest}`);
        for (const encoding of ['base64', 'base64url'] as const) {
          const text = whole.toString(encoding);
          // Characters made of the secret's own bits alone.
          const from = Math.ceil((before * 8) / 6);
          const to = Math.floor(((before + bytes.length) * 8) / 6);
          const core = text.slice(from, to);
          expect(redact(secret, `Basic ${text}`)).not.toContain(core);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('with everything in it that is encoded somewhere leaves nothing behind', () => {
    for (const [name, form] of Object.entries(FORMS)) {
      expect({ name, text: redact(CANARY, `key=${form(CANARY)}&x`) }).toEqual({ name, text: 'key=[secret]&x' });
    }
    expect(redact(CANARY, new URL(`http://h/?k=${CANARY}`).href)).toBe('http://h/?k=[secret]');
    expect(redact("it's [one]", new URL("http://h/?k=it's [one]").href)).toBe('http://h/?k=[secret]');
    expect(redact(CANARY, 'key: CANARY-%+/=\\u00e9\\u2026')).toBe('key: [secret]');
  });

  it('that holds half a character is no reason to fail', () => {
    for (const secret of ['\ud800abcd', 'abcd\udc00']) expect(redact(secret, `a ${secret} b`)).toBe('a [secret] b');
  });

  it('is found in any case, because headers and percent-escapes change theirs', () => {
    expect(redact('AbCdEf', 'abcdef ABCDEF')).toBe('[secret] [secret]');
  });
});

describe('a redactor', () => {
  it('with several secrets takes out the longest that fits', () => {
    expect(new Redactor(['abcd', 'abcdef']).redact('abcdef abcd')).toBe('[secret] [secret]');
  });

  it('learns more of them later', () => {
    const redactor = new Redactor();
    expect(redactor.isEmpty).toBe(true);
    expect(redactor.redact('abcd')).toBe('abcd');
    redactor.add('abcd');
    expect(redactor.redact('abcd')).toBe('[secret]');
    redactor.add('wxyz');
    expect(redactor.redact('abcd wxyz')).toBe('[secret] [secret]');
  });

  it('leaves alone what is too short to be a key, and what has nothing to do with one', () => {
    expect(redact('abc', 'abc')).toBe('abc');
    expect(redact('', 'anything')).toBe('anything');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 ') }), (text) => {
        expect(redact('a long and secret key', text)).toBe(text);
      }),
    );
  });

  it('leaves short numbers alone: an id of an application is found in prices', () => {
    expect(redact('1089', '{"open":1089.5}')).toBe('{"open":1089.5}');
    expect(redact('1089108910', 'key 1089108910')).toBe('key [secret]');
  });

  it('knows a key of any length', () => {
    for (const length of [100, 1000, 5000]) {
      const secret = Array.from({ length }, (_, i) => 'aB3-xY_9'[(i * 7 + (i >> 3)) % 8]).join('');
      const encoded = Buffer.from(secret).toString('base64');
      expect(redact(secret, `a ${secret} b ${encoded} c`)).toBe('a [secret] b [secret] c');
    }
  });

  it('takes a secret of patterns for what it says', () => {
    expect(redact('a.*b|c+(d)[e]{2}^$\\', 'aXXb a.*b|c+(d)[e]{2}^$\\')).toBe('aXXb [secret]');
  });
});
