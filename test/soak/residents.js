import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { environment, startCache } from './run-program.js';

const STORE_SCRIPT = new URL('./resident-store.js', import.meta.url).pathname;
export const LIBRARY_SYMBOL = 'LIBRARY';

/** The two that stay: a service that updates every minute, and a program that has the library open. Both are sampled. */
export function startResidents(scene, sampleMs) {
  const symbols = [...new Set(scene.series.map(({ symbol }) => symbol))].join(',');
  const service = startCache(scene, ['update', '--every', '1m', '--symbols', symbols, '--json']);
  const library = fork(STORE_SCRIPT, [scene.cache, LIBRARY_SYMBOL], { env: environment(scene), execArgv: [] });
  const progress = { rows: 0, reads: 0 };
  library.on('message', (told) => {
    if (told.what === 'so far') Object.assign(progress, told);
    else tellWrong(scene, told);
  });
  const samples = { service: [], library: [] };
  const watch = setInterval(() => {
    for (const [name, { pid, exitCode, signalCode }] of Object.entries({ service: service.child, library })) {
      if (exitCode !== null || signalCode !== null) continue;
      const taken = sample(pid);
      if (taken !== undefined) samples[name].push(taken);
    }
  }, sampleMs);
  return {
    progress,
    samples,
    isAlive: () => [service.child, library].every((each) => each.exitCode === null && each.signalCode === null),
    async end() {
      clearInterval(watch);
      library.send('end');
      service.child.kill('SIGTERM');
      const [run] = await Promise.all([service.ended, once(library, 'exit')]);
      const rounds = run.stdout.split('\n').filter((line) => line.startsWith('{')).length;
      if (run.exit !== 0)
        scene.log.violation(`the service ended with ${run.exit ?? run.signal}: ${run.stderr.slice(-2000)}`);
      if (library.exitCode !== 0) scene.log.violation(`the library's program ended with ${library.exitCode}`);
      return { rounds };
    },
  };
}

/** A damaged series is refused, and rightly, while it is damaged. */
function tellWrong({ hurt, log }, { series, code, text }) {
  if (code === 'STORE_DAMAGED' && hurt.has(series)) log.count('damage refused by the library');
  else log.violation(`the library: ${text}`);
}

function sample(pid) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return { rss: Number(kilobytes) / 1024, fds: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    // It ended this very moment.
    return undefined;
  }
}
