import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const PURE = /^(market\/|store\/codec|store\/year\/).*\.test\.ts$/;
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The tests of what is mutated. */
export async function listTests() {
  const names = await readdir('test', { recursive: true });
  return names.filter((name) => PURE.test(name)).map((name) => path.resolve('test', name));
}

/** Every file of ours that a file brings in, at whatever remove. */
export function findImports(file, found = new Set()) {
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const imported = path.resolve(path.dirname(file), specifier.replace(/\.js$/, '.ts'));
    if (found.has(imported) || !existsSync(imported)) continue;
    found.add(imported);
    findImports(imported, found);
  }
  return found;
}
