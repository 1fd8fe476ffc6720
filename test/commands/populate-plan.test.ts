import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const env = {
  ALPHA_VANTAGE_KEY: '',
  ALPHA_VANTAGE_API_KEY: '',
  ALMANAC_STORE: '',
  ALMANAC_DATA_DIR: path.join(home, 'data'),
  ALMANAC_CONFIG_DIR: path.join(home, 'config'),
  ALMANAC_NOW: '2025-01-15T00:00:00Z',
};
const plan = (...words: readonly string[]) =>
  runProgram(['cache', 'populate', '--start-date', '2025-01-14', '--dry-run', ...words], { cwd: home, env });

describe('a plan, which asks nobody', () => {
  it('says what a run would stumble over', async () => {
    writeFileSync(path.join(home, 'file'), '');
    const words = ['--symbols', 'BTCUSDT', '--intervals', '1h', '--cache-dir', 'file'];
    const { stdout, exit } = await plan(...words, '--json');
    const obstacle = `the cache must be a folder, and ${path.join(home, 'file')} is a file: a run would keep nothing`;
    expect([exit, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ warnings: [obstacle], requests: 1 })]);
    expect((await plan(...words)).stderr.replace(/\s+/g, ' ')).toContain(`Warning: ${obstacle}`);
  });

  it('has the status and the exit of its run, and each series all that a run tells of it', async () => {
    const sound = await plan('--symbols', 'BTCUSDT', '--intervals', '1h', '--json');
    const { status, series } = JSON.parse(sound.stdout);
    expect([sound.exit, status, series]).toEqual([
      0,
      'complete',
      [expect.objectContaining({ rowsAdded: 0, rowsTotal: 0, warnings: [], requests: 1 })],
    ]);
    const some = await plan('--symbols', 'BTCUSDT,AAPL', '--intervals', '1h', '--json');
    const all = await plan('--symbols', 'AAPL', '--intervals', '1h', '--json');
    expect([all, some].map(({ exit, stdout }) => [exit, JSON.parse(stdout).status])).toEqual([
      [2, 'failed'],
      [4, 'partial'],
    ]);
    expect(JSON.parse(all.stdout).series).toEqual([
      {
        ...{ symbol: 'AAPL', interval: '1h', provider: null, requested: { from: '2025-01-14T00:00:00Z', to: null } },
        ...{ rowsAdded: 0, rowsReplaced: 0, rowsTotal: 0, requests: 0, bytes: 0, warnings: [] },
        coverage: { expected: 0, present: 0, explained: 0, missing: 0 },
        error: expect.objectContaining({ code: 'UNSUPPORTED' }),
      },
    ]);
  });

  it('knows a symbol that was typed in small letters', async () => {
    const { stdout, exit } = await plan('--symbols', 'btcusdt', '--intervals', '1h', '--json');
    const [{ error }] = JSON.parse(stdout).series;
    expect([exit, error.message]).toEqual([2, 'no provider knows a symbol of this form; did you mean BTCUSDT?']);
  });

  it('names the plan on which a provider has what nobody may be asked for', async () => {
    const { stdout, exit } = await plan('--symbols', 'AAPL', '--intervals', '1h', '--json');
    expect([exit, JSON.parse(stdout).series[0].error]).toEqual([
      2,
      expect.objectContaining({
        message: expect.stringContaining(
          'alpha-vantage: it has no 1h of equity, only 1d, 1w, 1mo, but its premium plan has it',
        ),
      }),
    ]);
  });
});
