import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { CHILD_OPTIONS } from './child-options.js';
import type { ProgramRun } from './run-program.js';

export interface StartedProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<ProgramRun & { readonly signal: NodeJS.Signals | null }>;
}

/** The built program, left running so that a test may do something to it. */
export function startProgram(cwd: string, words: string, env: Readonly<Record<string, string>>): StartedProgram {
  const run = new URL('../../bin/run.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [run, ...words.split(' ')], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: CHILD_OPTIONS, ...env },
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const ended = once(child, 'close').then(([exit, signal]) => ({ ...text, exit, signal }));
  return { child, ended };
}
