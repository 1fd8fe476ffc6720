import { spawn } from 'node:child_process';

const PATIENCE = 20_000;

/** Starts the real command, and answers with its document once everything listens. It ends with this process. */
export function openSandbox(run, argv, options) {
  const child = spawn(process.execPath, [run, 'sandbox', ...argv, '--json'], { ...options, stdio: 'pipe' });
  process.once('exit', () => child.kill());
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    const timer = setTimeout(() => reject(new Error(`the sandbox did not open within ${PATIENCE / 1000} s`)), PATIENCE);
    child.stderr.on('data', (chunk) => {
      complained += chunk;
    });
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (!said.endsWith('}\n')) return;
      clearTimeout(timer);
      resolve({ ...JSON.parse(said), close: () => close(child) });
    });
    child.once('exit', (status) => {
      clearTimeout(timer);
      reject(new Error(`the sandbox ended with status ${status}: ${complained.trim()}`));
    });
  });
}

function close(child) {
  return new Promise((resolve) => {
    child.once('exit', (status) => resolve(status));
    child.kill('SIGTERM');
  });
}
