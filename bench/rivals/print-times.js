import { performance } from 'node:perf_hooks';

/** Milliseconds of each run as JSON, for the process that started this one. */
export async function printTimes(rounds, run, warmups = 1) {
  const times = [];
  for (let round = -warmups; round < rounds; round++) {
    const start = performance.now();
    await run();
    if (round >= 0) times.push(performance.now() - start);
  }
  process.stdout.write(JSON.stringify({ times }));
}
