import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Case, conformanceCases } from 'almanac/provider/testing';
import { page, toRow } from '../src/candles.js';
import { yourNameProvider } from '../src/index.js';
import { judge } from '../src/judge.js';
import { type Server, startServer } from './server.js';

describe('against its own server', () => {
  let server: Server;
  let cases: readonly Case[];
  before(async () => {
    server = await startServer();
    cases = conformanceCases({ provider: yourNameProvider, options: { url: server.url } });
  });
  after(() => server.close());

  for (const [i, { name }] of conformanceCases({ provider: yourNameProvider }).entries()) {
    it(name, () => cases[i]?.run());
  }
});

it('reads a recorded page: seconds become milliseconds, text stays text, null stays null', () => {
  const text = readFileSync(new URL('../../test/fixtures/candles.json', import.meta.url), 'utf8');
  const rows = page.parse(JSON.parse(text)).candles.map(toRow);
  assert.deepEqual(
    rows.map(({ time, close, volume }) => [time, close, volume]),
    [
      [Date.parse('2024-01-01T00:00Z'), '42475.23', '1271.68'],
      [Date.parse('2024-01-01T01:00Z'), '42613.56', '1196.37'],
      [Date.parse('2024-01-01T02:00Z'), '42581.10', null],
    ],
  );
});

it('calls a refusal by its code, also where it comes with status 200', () => {
  const text = '{"error":{"code":"rate_limited","message":"slow down"}}';
  const reply = { url: new URL('https://api.your-name.example/v1/candles'), status: 200, headers: {}, text };
  const fail = () => judge(reply, (code, message) => Object.assign(new Error(message), { code }));
  assert.throws(fail, { code: 'THROTTLED', message: 'slow down' });
});
