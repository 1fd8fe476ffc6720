import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AlmanacError, hasCode } from '../../market/almanac-error.js';
import type { Demand } from '../input/demand.js';
import { mergeWatch, type WatchEntry } from './merge-watch.js';

/** A settings file that a watch list can be written into. */
export interface WatchFile {
  readonly file: string;
  /** Adds to the list and says whether that changed anything. */
  save(demands: readonly Demand[]): Promise<boolean>;
}

const NEW_NAME = 'almanac.config.json';

/**
 * The settings file in force, or one to be made in `cwd`. Anything but JSON is refused here, before any work: writing
 * it anew would lose its comments.
 */
export async function openWatchFile(found: string | undefined, cwd: string): Promise<WatchFile> {
  const file = found === undefined ? path.join(cwd, NEW_NAME) : await realpath(found);
  await readJson(file);
  return {
    file,
    async save(demands) {
      const content = await readJson(file);
      const inside = path.basename(file) === 'package.json' ? asObject(content.almanac ?? {}, file) : content;
      const before = (inside.watch ?? []) as readonly WatchEntry[];
      const watch = mergeWatch(before, demands);
      if (JSON.stringify(watch) === JSON.stringify(before)) return false;
      inside.watch = watch;
      if (inside !== content) content.almanac = inside;
      await replace(file, `${JSON.stringify(content, null, 2)}\n`);
      return true;
    },
  };
}

type Content = Record<string, unknown>;

async function readJson(file: string): Promise<Content> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return {};
    throw new AlmanacError('CONFIG_INVALID', `${file} cannot be read`, { cause: error });
  }
  if (text.trim() === '') return {};
  return asObject(parseJson(text, file), file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text, and that may be a key.
    throw new AlmanacError('CONFIG_INVALID', `--save writes JSON only, and ${file} is not JSON`, {
      suggestions: [`add the list to ${path.basename(file)} by hand`, 'almanac config show'],
    });
  }
}

function asObject(value: unknown, file: string): Content {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Content;
  throw new AlmanacError('CONFIG_INVALID', `${file} must be an object`);
}

/** The whole file or none, readable by whom it was readable before: it may hold keys. */
async function replace(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const mode = await stat(file).then(
    (found) => found.mode & 0o777,
    () => undefined,
  );
  try {
    const handle = await open(temporary, 'wx', mode ?? 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // What the process masks from new files is given back.
    if (mode !== undefined) await chmod(temporary, mode);
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    if (hasCode(error, 'EACCES') || hasCode(error, 'EROFS') || hasCode(error, 'EPERM') || hasCode(error, 'ENOENT'))
      throw new AlmanacError('CONFIG_INVALID', `${file} cannot be written`, { cause: error });
    throw error;
  }
}
