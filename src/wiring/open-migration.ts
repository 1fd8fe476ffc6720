import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AlmanacError } from '../market/almanac-error.js';
import { openJournal } from '../operations/migrate/journal.js';
import { loadReaders } from '../operations/migrate/load-readers.js';
import type { MigrateEvent, MigrateTools } from '../operations/migrate/migrate.js';
import { openTree } from '../operations/migrate/open-tree.js';
import { matchCalendar } from '../operations/populate/match-calendar.js';
import type { LoadedSettings } from '../settings/settings.js';
import { openChecksumRegistry } from '../store/checksums/open-registry.js';
import { nodeFiles } from '../store/files/node-files.js';
import { openStore } from '../store/open-store.js';
import { openReports } from '../store/reports/open-reports.js';

export interface MigrationParts {
  readonly from: string;
  readonly backup?: string | undefined;
  readonly loaded: LoadedSettings;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly report: (event: MigrateEvent) => void;
}

export interface Migration {
  /** The folders as they are, links followed. */
  readonly from: string;
  readonly backup: string | undefined;
  readonly cache: string;
  readonly files: typeof nodeFiles;
  readonly tools: MigrateTools;
}

/** Everything a migration needs; nothing is created. */
export async function openMigration(parts: MigrationParts): Promise<Migration> {
  const { loaded, now, signal, report } = parts;
  const from = await findFolder(parts.from);
  const cache = await resolveLinks(loaded.cacheFolder);
  const backup = parts.backup === undefined ? undefined : await resolveLinks(path.resolve(parts.backup));
  assertApart(from, cache, backup);
  if (backup !== undefined) await assertSameDisk(from, backup);
  const { calendars } = loaded.settings;
  const id = createHash('sha256').update(from).digest('hex').slice(0, 16);
  const tools: MigrateTools = {
    tree: openTree(from, { files: nodeFiles }),
    readers: await loadReaders(),
    // No signal for the store: a commit in hand is finished, whatever stops the rest.
    store: openStore(loaded.cacheFolder, { now: () => now }),
    journal: openJournal(openReports(loaded.cacheFolder), from, id),
    registry: openChecksumRegistry(loaded.cacheFolder, { now: () => now }),
    calendarOf: (symbol) => matchCalendar(calendars, symbol),
    ...{ now, signal, report },
  };
  return { from, backup, cache: loaded.cacheFolder, files: nodeFiles, tools };
}

async function findFolder(named: string): Promise<string> {
  const found = await stat(named).catch(() => undefined);
  if (found?.isDirectory() === true) return realpath(named);
  throw new AlmanacError('USAGE', `${named} is ${found === undefined ? 'not there' : 'no folder'}`, {
    suggestions: ['--from DIR, the folder of the old cache'],
  });
}

/** Of a folder that is not there yet, where it would be. */
async function resolveLinks(folder: string): Promise<string> {
  const above = path.dirname(folder);
  const real = await realpath(folder).catch(() => undefined);
  return real ?? (above === folder ? folder : path.join(await resolveLinks(above), path.basename(folder)));
}

function assertApart(from: string, cache: string, backup: string | undefined): void {
  const where = placeBeside(from, cache);
  if (where !== undefined) {
    throw new AlmanacError('USAGE', `${from} ${where}; a migration copies from elsewhere`, {
      suggestions: ['--cache-dir DIR, another folder for what is copied'],
    });
  }
  if (backup === undefined) return;
  for (const [other, name] of [
    [from, 'the old cache'],
    [cache, 'the cache'],
  ] as const) {
    if (backup === other || isInside(backup, other) || isInside(other, backup))
      throw new AlmanacError('USAGE', `the backup ${backup} and ${name} ${other} must not lie in one another`, {
        suggestions: ['--backup DIR, a folder of its own'],
      });
  }
}

/** What is wrong with where the old cache lies: nobody could say whose a file is where one lies in the other. */
function placeBeside(from: string, cache: string): string | undefined {
  if (from === cache) return 'is the cache itself';
  if (isInside(from, cache)) return `lies in the cache ${cache}`;
  return isInside(cache, from) ? `holds the cache ${cache}` : undefined;
}

/** Said before hours of copying, not after: a file is moved by its name, and a name is a disk's own. */
async function assertSameDisk(from: string, backup: string): Promise<void> {
  const [ours, theirs] = await Promise.all([from, backup].map(findDisk));
  if (ours === theirs) return;
  throw new AlmanacError(
    'USAGE',
    `the backup ${backup} is not on the disk of ${from}, and files are moved within one`,
    {
      suggestions: ['--backup DIR, a folder on the same disk', 'the same line without --remove-source and --backup'],
    },
  );
}

async function findDisk(folder: string): Promise<number> {
  const above = path.dirname(folder);
  return (await stat(folder).catch(() => undefined))?.dev ?? (above === folder ? 0 : findDisk(above));
}

function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
