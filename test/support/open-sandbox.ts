import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CHILD_OPTIONS } from './child-options.js';

/** The real command in a process of its own, listening, with its settings written to `cwd`. */
export async function openSandbox(
  cwd: string,
  env: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
): Promise<{ readonly servers: readonly { readonly name: string; readonly url: string }[]; close(): Promise<void> }> {
  const run = new URL('../../bin/run.js', import.meta.url).pathname;
  const words = [run, 'sandbox', '--json', '--config', 'almanac.config.json', ...argv];
  const child = spawn(process.execPath, words, { cwd, env: { ...process.env, NODE_OPTIONS: CHILD_OPTIONS, ...env } });
  const ended = once(child, 'close');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.endsWith('\n}\n')) resolve();
    });
    child.once('close', (status) => reject(new Error(`the sandbox ended with status ${status}`)));
  });
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { servers: JSON.parse(said).servers, close };
}
