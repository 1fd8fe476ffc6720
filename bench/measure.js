import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Median milliseconds of each contestant. They take turns, so that a noisy minute on the machine hits all alike;
 * the first `warmups` rounds are not counted.
 */
export async function race(contestants, rounds, warmups = 2) {
  const times = contestants.map(() => []);
  for (let round = -warmups; round < rounds; round++) {
    for (const [i, { run }] of contestants.entries()) {
      const start = performance.now();
      await run(round + warmups);
      const ms = performance.now() - start;
      if (round >= 0) times[i].push(ms);
    }
  }
  return contestants.map(({ name }, i) => ({ name, ms: median(times[i]) }));
}

/** Runs a program to its end with its output thrown away; to be timed from outside. */
export function runProgram(program, args) {
  const { status, stderr, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with status ${status}\n${stderr}`);
}
