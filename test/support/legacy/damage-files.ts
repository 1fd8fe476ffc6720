import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OldFile, writeOldFiles } from './old-file.js';

export interface DamageReport {
  /** How often each came of it. */
  readonly counts: Readonly<Record<string, number>>;
  /** What may not come of it. */
  readonly wrong: readonly string[];
  /** Of one damage, ms. */
  readonly slowest: number;
  /** The process' peak. */
  readonly mib: number;
}

/** Has a process of its own damage these cases so many times, or read each as it is; throws what it did last where it does not end. */
export async function damageFiles(
  cases: Readonly<Record<string, readonly OldFile[]>>,
  { seed, times, patience }: { readonly seed: number; readonly times: number; readonly patience: number },
): Promise<DamageReport> {
  if (!existsSync('dist/index.js')) throw new Error('these tests run the built program: npm run build');
  const folder = mkdtempSync(path.join(tmpdir(), 'almanac-damage-'));
  try {
    for (const [name, files] of Object.entries(cases)) writeOldFiles(path.join(folder, 'cases', name), files);
    const script = path.resolve('test/legacy/damage-child.js');
    const child = spawn(process.execPath, ['--max-old-space-size=256', script, folder, String(seed), String(times)]);
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    let [said, complained] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (said += text));
    child.stderr.on('data', (text: Buffer) => (complained += text));
    const [status, signal] = await once(child, 'close');
    clearTimeout(timer);
    if (status === 0) return JSON.parse(said) as DamageReport;
    const last = readFileSync(path.join(folder, 'last'), 'utf8');
    throw new Error(`it ended with ${status ?? signal} after ${last}\n${complained.slice(-2000)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
