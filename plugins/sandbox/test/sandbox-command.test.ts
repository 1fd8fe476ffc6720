import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { SERVERS } from '../src/cli/parse-fault.js';

const RUN = new URL('../../../bin/run.js', import.meta.url).pathname;
const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-command-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The built command, until it has said `until` or has ended. */
async function open(argv: readonly string[], until: string) {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ALMANAC_CONFIG_DIR: folder };
  const child = spawn(process.execPath, [RUN, 'sandbox', ...argv], { cwd: folder, env });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  const ended = once(child, 'close') as Promise<[number | null]>;
  await new Promise<void>((resolve) => {
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        said[name] += chunk;
        if (said.stdout.includes(until)) resolve();
      });
    }
    child.once('close', () => resolve());
  });
  const exit = async (signal?: NodeJS.Signals): Promise<number | null> => {
    if (signal !== undefined) child.kill(signal);
    return (await ended)[0];
  };
  return { said, child, exit };
}

describe('almanac sandbox', () => {
  it('prints one document, writes the settings, and ends with 0 when it is told to', async () => {
    const { said, exit } = await open(
      ['--json', '--config', 'new/almanac.config.json', '--now', '2025-01-02'],
      '\n}\n',
    );
    const document = JSON.parse(said.stdout);
    const file = path.join(folder, 'new', 'almanac.config.json');
    expect(document).toMatchObject({ schemaVersion: 1, now: '2025-01-02T00:00:00Z', seed: 1, configFile: file });
    expect(document.servers.map(({ name }: { name: string }) => name).sort()).toEqual([...SERVERS].sort());
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document.config);
    const binance = document.servers.find(({ name }: { name: string }) => name === 'binance').url;
    const { serverTime } = (await (await fetch(`${binance}/api/v3/time`)).json()) as { serverTime: number };
    expect(serverTime).toBe(Date.UTC(2025, 0, 2));
    expect(said.stderr).toBe('');
    expect(await exit('SIGTERM')).toBe(0);
    const again = await open(['--config', 'new/almanac.config.json'], 'never');
    expect(await again.exit()).toBe(1);
    expect(again.said.stderr).toMatch(/^Error: .*almanac\.config\.json is there already.*--force replaces it\n/);
    const forced = await open(['--config', 'new/almanac.config.json', '--force'], 'Ctrl-C');
    expect(await forced.exit('SIGINT')).toBe(130);
    expect(JSON.parse(readFileSync(file, 'utf8'))).not.toEqual(document.config);
  });

  it('tells a person what is there and what to type, shows requests, and lets things go wrong', async () => {
    const { said, exit } = await open(['--log', '--fault', 'binance:429:1', '--seed', '7'], 'Ctrl-C');
    for (const name of SERVERS)
      expect(said.stdout).toMatch(new RegExp(`^  ${name} +(http|ws)://127\\.0\\.0\\.1:`, 'm'));
    expect(said.stdout).toContain('BTCUSDT');
    expect(said.stdout).toContain('almanac sandbox --config ./sandbox/almanac.config.json');
    expect(said.stdout).toMatch(/seed +7/);
    const url = /binance +(http\S+)/.exec(said.stdout)?.[1];
    const statuses = [await fetch(`${url}/api/v3/ping`), await fetch(`${url}/api/v3/ping`)].map(({ status }) => status);
    expect(statuses).toEqual([429, 200]);
    expect(await exit('SIGTERM')).toBe(0);
    expect(said.stderr).toMatch(/ {2}binance +429 .*\/api\/v3\/ping/);
  });

  it('refuses what it cannot do, and leaves nothing behind', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const busy = await open(['--port', String(port), '--config', 'busy/almanac.config.json'], 'Ctrl-C');
    expect(await busy.exit()).toBe(1);
    expect(busy.said.stderr).toMatch(/^Error: port \d+ is taken/);
    expect(existsSync(path.join(folder, 'busy'))).toBe(false);
    taken.close();
    for (const argv of [
      ['--fault', 'nasdaq:429'],
      ['--now', 'soon'],
      ['--prot', '1'],
    ]) {
      const refused = await open(argv, 'Ctrl-C');
      expect(await refused.exit()).toBe(2);
      expect(refused.said.stderr.split('\n')).toHaveLength(3);
    }
  });
});
