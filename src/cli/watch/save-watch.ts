import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AlmanacError, hasCode } from '../../market/almanac-error.js';
import type { Demand } from '../input/demand.js';
import { mergeWatch } from './merge-watch.js';
import { parseWatchText, type WatchText } from './watch-text.js';

/** A settings file that a watch list can be written into. */
export interface WatchFile {
  readonly file: string;
  /** Adds to the list and says whether that changed anything. */
  save(demands: readonly Demand[]): Promise<boolean>;
}

const NEW_NAME = 'almanac.config.json';

/** The settings file in force, or one to be made in `cwd`. What cannot be read or parsed is refused before any work. */
export async function openWatchFile(found: string | undefined, cwd: string): Promise<WatchFile> {
  const file = found === undefined ? path.join(cwd, NEW_NAME) : await realpath(found);
  await readText(file);
  return {
    file,
    async save(demands) {
      const text = await readText(file);
      const watch = mergeWatch(text.watch, demands);
      if (JSON.stringify(watch) === JSON.stringify(text.watch)) return false;
      await replace(file, text.write(watch));
      return true;
    },
  };
}

async function readText(file: string): Promise<WatchText> {
  try {
    return await parseWatchText((await readFile(file, 'utf8')).replace(/^\ufeff/, ''), file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return parseWatchText('', file);
    if (error instanceof AlmanacError) throw error;
    throw new AlmanacError('CONFIG_INVALID', `${file} cannot be read`, { cause: error });
  }
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
