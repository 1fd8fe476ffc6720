import { fork } from 'node:child_process';
import { once } from 'node:events';

const SCRIPT = new URL('./serve-market.js', import.meta.url).pathname;
const SHIFT = new URL('./shift-clock.cjs', import.meta.url).pathname;

/** The simulated market, its servers and what goes wrong with them. */
export async function openMarket(clock) {
  const child = fork(SCRIPT, [], {
    serialization: 'advanced',
    execArgv: ['--require', SHIFT],
    env: { ...process.env, NODE_OPTIONS: '', SOAK_CLOCK: clock.marketFile },
  });
  const waiting = new Map();
  let next = 1;
  await once(child, 'message');
  child.on('message', ({ id, result }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const ask = (what, say) =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      child.send({ id, what, say });
    });
  return {
    config: () => ask('config'),
    requests: () => ask('requests'),
    fault: (fault) => ask('fault', fault),
    quirk: (match, quirk) => ask('quirk', [match, quirk]),
    calm: () => ask('calm'),
    truth: (symbol, step, start, end) => ask('truth', [symbol, step, start, end]),
    async close() {
      const ended = once(child, 'exit');
      await ask('close');
      await ended;
    },
  };
}
