import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const PEAK_MEMORY = new URL('./peak-memory.js', import.meta.url).href;

/** Runs the command as a person does, and gives the most memory it had, in bytes. */
export function runAlmanac(args, { config, now, expected = 0 }) {
  const { status, output, error } = spawnSync(
    process.execPath,
    ['--import', PEAK_MEMORY, COMMAND, ...args, '--config', config],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, ALMANAC_NOW: now }, encoding: 'utf8' },
  );
  if (error !== undefined) throw error;
  if (status !== expected) throw new Error(`almanac ${args.join(' ')} ended with status ${status}\n${output[2]}`);
  return Number(output[3]) * 1024;
}
