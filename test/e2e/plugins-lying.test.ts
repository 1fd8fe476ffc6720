import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { installPlugins } from '../support/plugin-folder.js';
import { type ProgramRun, runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const env = {
  HOME: root,
  ALMANAC_NOW: '2025-03-10T12:34:56Z',
  ALMANAC_DATA_DIR: path.join(root, 'data'),
  ALMANAC_CONFIG_DIR: path.join(root, 'config'),
};
const almanac = (words: string): Promise<ProgramRun> => runProgram(words.split(' '), { cwd: root, env });

/** Providers that need no server to lie. */
function liar(id: string, bars: string): string {
  return `
const options = { '~standard': { version: 1, vendor: 'own', validate: (value) => ({ value: value ?? {} }) } };
const HOUR = 3600000;
const row = (time, price) => ({ time, open: price, high: price, low: price, close: price, volume: 1 });
const provider = {
  api: 1, id: '${id}', title: '${id}', options,
  capabilities: () => ({
    markets: [{ assetClass: 'crypto', volume: 'real', timeframes: [{ timeframe: '1h', barsPerRequest: 10 }] }],
    limits: { pools: { main: { concurrency: 1, windows: [{ name: 'minute', max: 6, perMs: 60000 }] } } },
    hosts: ['https://${id}.example'],
  }),
  instrument: ({ symbol, assetClass }) => (assetClass === 'crypto' ? { symbol, native: symbol, assetClass } : undefined),
  bars: ${bars},
  samples: { known: { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' }, unknown: 'NOSUCH' },
};
export const providers = async () => [provider];
`;
}

const LIARS: Readonly<Record<string, string>> = {
  // The same page for ever.
  again: 'async function* ({ start }) { for (;;) { await null; yield [row(start, 1), row(start + HOUR, 1)]; } }',
  // Ever new rows, long behind the end of what was asked.
  beyond: 'async function* ({ start }) { for (let at = start; ; at += HOUR) { await null; yield [row(at, 1)]; } }',
  // Ever emptier-handed.
  empty: 'async function* () { for (;;) { await null; yield []; } }',
  // The bars of another time, as another symbol’s would be in another unit.
  elsewhere: 'async function* ({ start }) { yield [row(start / 1000, 1), row(start / 1000 + 3600, 1)]; }',
  nothing: 'async function* () { yield "bars"; }',
  breaks: 'async function* () { throw new TypeError("undefined is not a bar\\nat x"); }',
};

it('a plugin that lies without end is stopped in a sentence, and stores nothing it could not stand for', async () => {
  mkdirSync(env.ALMANAC_DATA_DIR, { recursive: true });
  installPlugins(
    env.ALMANAC_DATA_DIR,
    Object.fromEntries(Object.entries(LIARS).map(([id, bars]) => [`almanac-provider-${id}`, liar(id, bars)])),
  );
  const range = '--symbols BTCUSDT --intervals 1h --start-date 2025-03-01 --end-date 2025-03-02 --quiet';
  for (const [id, sentence] of Object.entries({
    again: /has no end/,
    beyond: /has no end/,
    empty: /has no end/,
    elsewhere: /lie outside what was asked/,
    nothing: /neither rows nor columns/,
    breaks: /its plugin failed \(TypeError: undefined is not a bar\)/,
  })) {
    const { exit, stderr } = await almanac(`cache populate ${range} --provider ${id} --cache-dir ${id}`);
    expect([id, stderr]).toEqual([id, expect.stringMatching(sentence)]);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([id, [1, 4].includes(exit as number)]).toEqual([id, true]);
  }
  // What `beyond` sent of the range was true in form: two days are there, with its name on them, and nothing else is.
  for (const [id, rows] of Object.entries({ beyond: 48, elsewhere: 0, nothing: 0 })) {
    const { stdout, exit } = await almanac(`cache list --json --cache-dir ${id}`);
    expect(exit).toBe(0);
    const found = JSON.parse(stdout).series.map((each: { rows: number; providers: string[] }) => [
      each.rows,
      each.providers,
    ]);
    expect([id, found]).toEqual([id, rows === 0 ? [] : [[rows, [id]]]]);
  }
  expect(await almanac('providers list --quiet')).toMatchObject({ exit: 0, stderr: '' });
});
