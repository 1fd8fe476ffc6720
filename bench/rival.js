import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';

const RIVALS = fileURLToPath(new URL('./rivals/', import.meta.url));

/** Pythons that may be there; `BENCH_PYTHON` names another, such as a virtual environment's. */
const PYTHONS = [process.env.BENCH_PYTHON, 'python3', '/usr/bin/python3'].filter((name) => name !== undefined);

/** The first Python that has the library, and the library's version; undefined where none has it. */
function findPython(library) {
  for (const python of PYTHONS) {
    const found = spawnSync(python, ['-c', `import ${library}; print(${library}.__version__)`], { encoding: 'utf8' });
    if (found.status === 0) return { python, version: found.stdout.trim() };
  }
  return undefined;
}

/**
 * A rival in its own process prints the milliseconds of each run as JSON, start-up and imports left out.
 * Gives a row for the table; without `ms` where the rival is not on this machine.
 */
export function runPython(library, script, label, args) {
  const found = findPython(library);
  if (found === undefined) return { name: `${library}: no python3 here has it` };
  return { name: `${library} ${found.version}${label}`, ms: timesOf(found.python, [RIVALS + script, ...args]) };
}

export function runNode(name, script, args) {
  return { name, ms: timesOf(process.execPath, [RIVALS + script, ...args]) };
}

function timesOf(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args.map(String), { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with status ${status}\n${stderr}`);
  const { times } = JSON.parse(stdout);
  return times === null ? undefined : median(times);
}
