import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { openNpmRegistry } from '../support/npm-registry.js';
import { packPlugin } from '../support/pack-plugin.js';
import { providerCode } from '../support/plugin-folder.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { listShown } from './shown/shown-commands.js';
import { makePrograms, typeLine } from './shown/typist.js';

/** What is shown that needs a server beside it: a registry, or the sandbox, which is one. */
const home = temporaryFolder();
const bin = makePrograms(home);
const env = { ALMANAC_DATA_DIR: path.join(home, 'data'), ALMANAC_CONFIG_DIR: path.join(home, 'config') };

const shown = (form: RegExp): string[] =>
  listShown()
    .map(({ line }) => line)
    .filter((line) => form.test(line));

it('the sandbox as it is shown opens a market that the next command finds', async () => {
  for (const line of shown(/^almanac sandbox/)) {
    const child = spawn(path.join(bin, line.split(' ')[0] as string), line.split(' ').slice(1), {
      cwd: home,
      env: { ...process.env, ...env, HOME: home },
    });
    const ended = once(child, 'close');
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        if (said.includes('Ctrl-C closes it')) resolve();
      });
      void ended.then(([exit]) => reject(new Error(`it ended with ${exit}: ${said}`)));
    });
    try {
      const [, folder = home] = /^ +cd (\S+)$/m.exec(said) ?? [];
      const info = await typeLine('almanac providers info binance', path.resolve(home, folder), bin, env);
      expect(info).toMatchObject({ exit: 0, stdout: expect.stringContaining('127.0.0.1') });
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  }
}, 120_000);

it('plugins install as it is shown shows the package first, and installs it for who trusts it', async () => {
  await using registry = await openNpmRegistry();
  const here = { ...env, ALMANAC_NPM_REGISTRY: registry.url, npm_config_cache: path.join(home, 'npm-cache') };
  for (const line of shown(/^almanac plugins install [a-z]/)) {
    const short = line.split(' ').at(-1) as string;
    const manifest = { name: `almanac-provider-${short}`, version: '1.0.0', type: 'module' };
    const hooks = { providers: { target: './index.js', identifier: 'providers' } };
    const bytes = packPlugin(manifest.name, providerCode(short), { version: '1.0.0' });
    registry.publish({ manifest: { ...manifest, oclif: { hooks } }, bytes, publishedAt: new Date('2024-01-01') });
    const unasked = await typeLine(line, home, bin, here);
    expect(unasked).toMatchObject({ exit: 2, said: expect.stringMatching(/^ {2}publisher +jane$/m) });
    const trusted = await typeLine(`${line} --yes-i-trust-it`, home, bin, here);
    expect(trusted).toMatchObject({ exit: 0, said: expect.stringContaining(`${manifest.name} 1.0.0 is installed`) });
  }
}, 120_000);
