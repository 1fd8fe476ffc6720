import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '@oclif/core/config';
import { type DeclaringFile, TOO_LARGE } from '../sources/declared/load-declared.js';
import { LARGEST_FILE } from '../sources/declared/parse-declaration.js';

/** Beside `dist/` and `src/` alike, and among the package's files. */
const OURS = fileURLToPath(new URL('../../config/providers', import.meta.url));
const FOLDER = 'providers';
/** Nobody writes so many; a folder with more is something else. */
const MOST_FILES = 100;

/**
 * Files that declare a provider: those that ship, the person's own in the config folder, and those of packages that
 * were installed. Where there are none of one's own, looking costs one readdir.
 */
export async function findDeclaringFiles(config: Config): Promise<DeclaringFile[]> {
  const { version } = config;
  const own = path.join(config.configDir, FOLDER);
  const packages = [...config.plugins.values()].filter(({ type }) => type === 'user' || type === 'link');
  const found = await Promise.all([
    list(OURS, /\.json$/).then((files) =>
      files.map((file) => declare(file, { name: 'almanac', version, type: 'core' }, true)),
    ),
    list(own, /\.(json|ya?ml)$/).then((files) =>
      files.map((file) => declare(file, { name: path.basename(file), version: '', type: 'file' }, false)),
    ),
    ...packages.map(async ({ name, version, type, root }) => {
      const files = await list(path.join(root, FOLDER), /\.json$/);
      return files.map((file) => declare(file, { name, version, type }, false));
    }),
  ]);
  return found.flat();
}

async function list(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const fitting = names.filter((name) => pattern.test(name) && !name.startsWith('.')).sort();
  return fitting.slice(0, MOST_FILES).map((name) => path.join(folder, name));
}

function declare(
  file: string,
  from: Pick<DeclaringFile['plugin'], 'name' | 'version' | 'type'>,
  shipped: boolean,
): DeclaringFile {
  return { path: file, plugin: { ...from, root: file }, shipped, read: () => readPlain(file) };
}

/** A pipe would keep the program waiting, and a large file is not read to find that out. */
async function readPlain(file: string): Promise<{ text: string } | { fault: typeof TOO_LARGE }> {
  const facts = await stat(file);
  if (!facts.isFile()) return { fault: { at: '', what: 'is not a plain file' } };
  if (facts.size > LARGEST_FILE) return { fault: TOO_LARGE };
  return { text: await readFile(file, 'utf8') };
}
