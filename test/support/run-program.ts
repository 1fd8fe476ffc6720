import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CHILD_OPTIONS } from './child-options.js';

export interface ProgramRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

/** The built program in a process of its own, as people start it; inside jest oclif loads only one ES module. */
export async function runProgram(
  argv: readonly string[],
  { cwd, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ProgramRun> {
  const run = new URL('../../bin/run.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [run, ...argv], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, NODE_OPTIONS: CHILD_OPTIONS, ...env },
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const [exit] = (await once(child, 'close')) as [number | null];
  return { ...text, exit };
}
