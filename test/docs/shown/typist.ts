import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHILD_OPTIONS } from '../../support/child-options.js';
import type { ProgramRun } from '../../support/run-program.js';

const RUN = new URL('../../../bin/run.js', import.meta.url).pathname;

/** A folder for the path with `almanac` in it, as it was built. */
export function makePrograms(root: string): string {
  const bin = path.join(root, 'bin');
  const almanac = path.join(bin, 'almanac');
  mkdirSync(bin, { recursive: true });
  writeFileSync(almanac, `#!/bin/sh\nNODE_OPTIONS='${CHILD_OPTIONS}' exec '${process.execPath}' '${RUN}' "$@"\n`);
  chmodSync(almanac, 0o755);
  return bin;
}

/** Types a line into a shell, in a folder that is the person's home as well. */
export async function typeLine(
  line: string,
  folder: string,
  bin: string,
  env: NodeJS.ProcessEnv,
): Promise<ProgramRun & { readonly said: string }> {
  const child = spawn('sh', ['-c', line], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', HOME: folder, PATH: `${bin}:${process.env.PATH}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const [exit] = (await once(child, 'close')) as [number | null];
  return { ...text, exit, said: text.stdout + text.stderr };
}
