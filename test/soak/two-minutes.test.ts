import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';

const SCRIPT = new URL('./run.js', import.meta.url).pathname;
const MINUTES = '0.9';
const SEED = '20261121';

/** `npm run soak` is the same for an hour. */
it('a minute of kills, faults, clock steps and several programs at once leaves the cache as the market is', async () => {
  // The programs it starts are watched for what they do to files; the soak itself damages some on purpose, and is not.
  const child = spawn(process.execPath, [SCRIPT, '--minutes', MINUTES, '--seed', SEED, '--few'], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  }
  const [exit] = await once(child, 'close');
  expect({ exit, said: exit === 0 ? '' : said }).toEqual({ exit: 0, said: '' });
  const figure = (name: string): number => Number(new RegExp(`^ *${name} +(\\d+)$`, 'm').exec(said)?.[1] ?? 0);
  const NAMES = ['programs run', 'programs killed or stopped', 'faults asked for', 'clock set forward'];
  for (const name of [...NAMES, 'bars compared, none wrong'])
    expect({ name, figure: figure(name) }).not.toEqual({ name, figure: 0 });
}, 240_000);
