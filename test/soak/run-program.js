import { spawn } from 'node:child_process';
import { once } from 'node:events';

const RUN = new URL('../../bin/run.js', import.meta.url).pathname;
const SHIFT = new URL('./shift-clock.cjs', import.meta.url).pathname;

/** A program's environment in a soak: its own folders, the shifted clock, and the watch over files where tests have one. */
export function environment({ folder, clock }) {
  return {
    ...process.env,
    NODE_OPTIONS: `${process.env.ALMANAC_FILE_WATCH_OPTIONS ?? ''} --require ${SHIFT}`.trim(),
    SOAK_CLOCK: clock.machineFile,
    ALMANAC_STORE: '',
    ALMANAC_CONFIG_DIR: folder,
    ALMANAC_DATA_DIR: `${folder}/data`,
  };
}

/** `almanac cache …`, started; `ended` has all it said. */
export function startCache(scene, words, env = {}) {
  const child = spawn(process.execPath, [RUN, 'cache', ...words], {
    cwd: scene.folder,
    env: { ...environment(scene), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => said[name].push(chunk));
  const begun = performance.now();
  const ended = once(child, 'close').then(([exit, signal]) => ({
    exit,
    signal,
    seconds: (performance.now() - begun) / 1000,
    stdout: Buffer.concat(said.stdout).toString(),
    stderr: Buffer.concat(said.stderr).toString(),
  }));
  return { child, ended };
}

export const runCache = (scene, words, env) => startCache(scene, words, env).ended;
