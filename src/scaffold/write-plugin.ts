import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AlmanacError, hasCode } from '../market/almanac-error.js';
import type { PluginNames } from './plugin-names.js';

const TEMPLATE = 'config/template/provider';

/** Writes the template under these names into a folder that is empty or not there yet; gives what it wrote. */
export async function writePlugin(names: PluginNames, folder: string, almanacRoot: string): Promise<readonly string[]> {
  await assertEmpty(folder);
  const template = path.join(almanacRoot, TEMPLATE);
  const written: string[] = [];
  for (const file of await listFiles(template)) {
    // npm leaves a .gitignore out of what it packs, so the template's has no dot.
    const target = rename(file === 'gitignore' ? '.gitignore' : file, names);
    const text = rename(await readFile(path.join(template, file), 'utf8'), names);
    await mkdir(path.dirname(path.join(folder, target)), { recursive: true });
    const linked = file === 'package.json' ? linkAlmanac(text, almanacRoot) : text;
    await writeFile(path.join(folder, target), linked, { flag: 'wx' });
    written.push(target);
  }
  return written;
}

async function assertEmpty(folder: string): Promise<void> {
  const inside = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw new AlmanacError('FILE_EXISTS', `${folder} is not a folder that can be written to`, { cause: error });
  });
  if (inside.length === 0) return;
  throw new AlmanacError('FILE_EXISTS', `${folder} is not empty, and was left as it is`, {
    suggestions: ['name another folder: --dir DIR'],
  });
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
    .sort();
}

function rename(text: string, { id, title, identifier, variable }: PluginNames): string {
  return text
    .replaceAll('your-name', id)
    .replaceAll('Your Name', title)
    .replaceAll('yourName', identifier)
    .replaceAll('YOUR_NAME', variable);
}

/** The Almanac that writes is the one to build against: no registry has to know it. */
function linkAlmanac(text: string, almanacRoot: string): string {
  const manifest = JSON.parse(text);
  manifest.devDependencies.almanac = `file:${almanacRoot.replaceAll(path.sep, '/')}`;
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
