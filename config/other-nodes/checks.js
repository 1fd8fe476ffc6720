import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What every Node we promise must do: start, show the demo, and keep the store's word. */
export const CHECKS = [
  { name: '--version', words: ['bin/run.js', '--version'] },
  { name: '--help', words: ['bin/run.js', '--help'] },
  { name: 'demo', words: ['bin/demo.js'] },
  {
    name: 'store’s tests',
    words: ['node_modules/jest/bin/jest.js', '--config', 'config/jest.config.js', 'test/store'],
    options: '--experimental-vm-modules --no-warnings',
  },
];

/** Runs a check with that Node, which whatever it starts finds first on its path, too. */
export async function runCheck(program, { words, options = '' }) {
  const path = `${dirname(program)}${delimiter}${process.env.PATH}`;
  const child = spawn(program, words, {
    cwd: ROOT,
    env: { ...process.env, PATH: path, NODE_OPTIONS: options, ALMANAC_TEST_EVERY: '5' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      said += chunk;
    });
  }
  const begun = performance.now();
  const [status] = await once(child, 'close');
  const seconds = (performance.now() - begun) / 1000;
  const wrong = status !== 0 ? `status ${status}` : findWarning(said);
  return { wrong, seconds, said };
}

/** Node tells people of what it will drop; to a user it looks like a fault of ours. */
function findWarning(said) {
  return /\(node:\d+\) (?:\[\w+\] )?\w*Warning.*/.exec(said)?.[0];
}
