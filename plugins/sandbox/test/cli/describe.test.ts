import { expect, it } from '@jest/globals';
import { describeRequest } from '../../src/cli/describe-request.js';
import { describeNext, describeSandbox } from '../../src/cli/describe-sandbox.js';
import { readInstant } from '../../src/cli/read-instant.js';

it('shows a request on one line, and nobody’s key', () => {
  const line = describeRequest({
    server: 'alpha-vantage',
    at: Date.UTC(2024, 0, 1, 12),
    what: '/query?function=DAILY&apikey=CANARY&symbol=A\u001b[2J\nB',
    status: 200,
    cost: 1,
    note: 'daily quota',
  });
  expect(line).toMatch(/^12:00:00\.000 {2}alpha-vantage {4}200 {4}1 {2}\/query\?function=DAILY&apikey=…&symbol=A/);
  expect(line).toMatch(/\(daily quota\)$/);
  expect(line).not.toContain('CANARY');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
  expect(line).not.toMatch(/[\u0000-\u001f]/);
  const login = describeRequest({
    server: 'deriv',
    at: 0,
    what: '{"authorize":"CANARY","req_id":1}',
    status: 101,
    cost: 1,
  });
  expect(login).toContain('{"authorize":"…","req_id":1}');
});

it('says what to type next as it would work from anywhere', () => {
  expect(describeNext('/tmp/it’s mine/almanac.config.json', '2025-01-02T00:00:00Z')).toEqual([
    'Almanac is pointed at it by /tmp/it’s mine/almanac.config.json; in another terminal:',
    "  cd '/tmp/it’s mine'",
    '  export ALMANAC_NOW=2025-01-02T00:00:00Z',
    '  almanac doctor',
    '  almanac providers list',
  ]);
  expect(describeNext('/tmp/x/other.json', undefined)).toContain('  almanac doctor --config other.json');
});

it('names what it serves, within a terminal’s width', () => {
  const listings = Array.from({ length: 40 }, (_, i) => ({ symbol: `COIN${i}USDT`, kind: 'crypto' }));
  const lines = describeSandbox({
    servers: [{ name: 'binance', url: 'http://127.0.0.1:40001' }],
    listings: [...listings, { symbol: 'R_100', kind: 'synthetic' }],
    seed: 7,
    now: undefined,
    configFile: undefined,
    faults: ['binance:429:3'],
    bold: (text) => text,
  });
  expect(lines).toContain('  binance          http://127.0.0.1:40001');
  expect(lines.join('\n')).toContain('COIN39USDT\n  synthetic        R_100');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

it('reads a moment, and refuses what is none', () => {
  expect(readInstant('2025-01-02')).toBe(Date.UTC(2025, 0, 2));
  expect(readInstant('2025-01-02T03:04Z')).toBe(Date.UTC(2025, 0, 2, 3, 4));
  expect(readInstant('2025-01-02T00:00:00+01:00')).toBe(Date.UTC(2025, 0, 1, 23));
  for (const text of ['2025-02-30', 'yesterday', '', '2025-01-02T25:00Z'])
    expect(() => readInstant(text)).toThrow('--now');
});
