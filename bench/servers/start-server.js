import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** A server in a process of its own, so that its work is nobody's time and memory but its own. */
export function startServer(script) {
  const child = fork(HERE + script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (urls) => resolve({ ...urls, close: () => child.kill() }));
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`${script} ended with status ${status} before it served`)));
  });
}
