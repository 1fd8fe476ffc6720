import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { nearestNames } from '../../market/nearest.js';
import { explainDiskError } from '../commit/commit-year.js';
import { hashFile } from '../commit/hash-file.js';
import { moveToQuarantine } from '../commit/quarantine.js';
import {
  MANIFEST_NAME,
  type QuarantinedFile,
  type QuarantineManifest,
  quarantineHome,
  RESTORED_NAME,
  readManifest,
} from '../commit/quarantine-manifest.js';
import { lockSeries } from '../commit/series-lock.js';
import type { FilePort } from '../files/file-port.js';
import {
  assertInside,
  dataName,
  decodeSymbol,
  parseDataName,
  parseTimeframeFolder,
  quarantineFolder,
  sidecarName,
} from '../layout.js';
import type { StoreContext } from '../store-context.js';
import { listQuarantine, type QuarantineItem } from './list-quarantine.js';

export interface Restored {
  readonly id: string;
  /** From the cache's root, with `/`. */
  readonly from: string;
  readonly files: readonly QuarantinedFile[];
  /** Where what stood in their place is now. */
  readonly replaced: string | undefined;
}

/**
 * Brings quarantined files back to where they came from, to the byte. What stands there is written over by nobody: it
 * goes to quarantine itself, where `force` allows that. Killed in the middle, the same call does the rest.
 */
export async function restore(
  context: StoreContext,
  asked: string,
  options: { readonly force: boolean },
): Promise<Restored> {
  const { files, folder: cache } = context;
  try {
    await findManifest(files, cache, asked); // where there is none, there may be no folder to lock either
    const quarantineLock = await lockSeries(files, quarantineHome(cache), lockOptions(context));
    try {
      // Only now: whoever had the lock before may have restored, or purged, the very same.
      const manifest = await findManifest(files, cache, asked);
      const home = quarantineFolder(cache, manifest.id);
      const target = targetOf(cache, manifest);
      await proveFiles(files, home, target, manifest); // before a folder is made for what cannot come back
      await files.makeFolder(target);
      const lock = await lockSeries(files, target, lockOptions(context));
      try {
        // A removal of the series, under its lock alone, may have put files here since.
        const waiting = await proveFiles(files, home, target, manifest);
        const replaced = await makeWay(context, target, manifest, waiting, options.force);
        for (const { name } of waiting) await files.rename(path.join(home, name), path.join(target, name));
        await files.syncFolder(target);
        await files.rename(path.join(home, MANIFEST_NAME), path.join(home, RESTORED_NAME));
        await files.syncFolder(home);
        return { id: manifest.id, from: manifest.from, files: manifest.files, replaced };
      } finally {
        await lock.release();
      }
    } finally {
      await quarantineLock.release();
    }
  } catch (error) {
    throw explainDiskError(error, cache);
  }
}

/** By its id, the beginning of one, or a finding's id in a cleanup's report. */
async function findManifest(files: FilePort, cache: string, asked: string): Promise<QuarantineManifest> {
  const items = await listQuarantine(files, cache);
  const manifests = items.flatMap(({ manifest }) => manifest ?? []);
  const exact = manifests.filter(({ id }) => id === asked);
  const byFinding = manifests.filter(({ findings }) => findings?.includes(asked)).slice(-1);
  const byStart = manifests.filter(({ id }) => isStart(asked, id));
  const found = [exact, byFinding, byStart].find(({ length }) => length > 0) ?? [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1)
    throw new AlmanacError('USAGE', `${found.length} ids in quarantine begin with ${asked}`, {
      suggestions: found.slice(0, 3).map(({ id }) => `almanac cache restore ${id}`),
    });
  const lost = items.find(({ id, manifest }) => manifest === undefined && (id === asked || isStart(asked, id)));
  if (lost !== undefined) throw manifestLost(quarantineFolder(cache, lost.id), lost);
  if (/^[\w-]+$/.test(asked)) {
    const home = quarantineFolder(cache, asked);
    // Killed after the last file was back: only the note of it is still to be made.
    const emptied = await readManifest(files, home);
    if (emptied?.id === asked) return emptied;
    if ((await files.stat(path.join(home, RESTORED_NAME))) !== undefined)
      throw new AlmanacError('USAGE', `${asked} was restored already`, { suggestions: [LISTING] });
  }
  const names = manifests.flatMap(({ id, findings = [] }) => [id, ...findings]);
  const near = nearestNames(asked, names, 2).map((name) => `almanac cache restore ${name}`);
  const nothing = items.length === 0 ? 'nothing is in quarantine' : `nothing in quarantine has the id ${asked}`;
  throw new AlmanacError('USAGE', nothing, {
    suggestions: near.length > 0 ? near : [LISTING],
  });
}

const LISTING = 'almanac cache cleanup (its report lists what is in quarantine)';

const isStart = (asked: string, id: string): boolean => asked.length >= 8 && id.startsWith(asked);

/** The files are all there; only where they belong is not known any more. */
function manifestLost(home: string, { id, names }: Pick<QuarantineItem, 'id' | 'names'>): AlmanacError {
  const message = `the manifest of ${id} is lost, so nobody knows where its files came from: ${names.join(', ')} in ${home}`;
  return new AlmanacError('STORE_DAMAGED', message, { suggestions: [`ls -l ${home}`, LISTING] });
}

/** A manifest is only a file: it leads to a series' folder, or to the cache's own, and nowhere else. */
function targetOf(cache: string, { id, from }: QuarantineManifest): string {
  const parts = from === '' ? [] : from.split('/');
  const [symbol, timeframe, ...rest] = parts;
  const ofSeries =
    rest.length === 0 &&
    decodeSymbol(symbol ?? '') !== undefined &&
    parseTimeframeFolder(timeframe ?? '') !== undefined;
  if (parts.length > 0 && !ofSeries)
    throw new AlmanacError('STORE_DAMAGED', `the manifest of ${id} names ${from}, which is no series' folder`);
  const target = path.join(cache, ...parts);
  if (parts.length > 0) assertInside(cache, target);
  return target;
}

/** The files that still wait here, each proved by its hash; those that are back already need nothing. */
async function proveFiles(
  files: FilePort,
  home: string,
  target: string,
  manifest: QuarantineManifest,
): Promise<QuarantinedFile[]> {
  const waiting: QuarantinedFile[] = [];
  for (const file of manifest.files) {
    const here = path.join(home, file.name);
    const there = path.join(target, file.name);
    const place = (await files.stat(here))?.kind === 'file' ? here : there;
    const hash = (await files.stat(place))?.kind === 'file' ? await hashFile(files, place) : undefined;
    if (hash !== file.sha256) {
      const what = hash === undefined ? 'is no longer there' : 'is not what was put there: its sha256 differs';
      throw new AlmanacError('STORE_DAMAGED', `${here} ${what}; nothing was restored`);
    }
    if (place === here) waiting.push(file);
  }
  return waiting;
}

/** Refuses, or puts aside, what stands where the files shall lie; a year's data and sidecar stand and go together. */
async function makeWay(
  context: StoreContext,
  target: string,
  manifest: QuarantineManifest,
  waiting: readonly QuarantinedFile[],
  force: boolean,
): Promise<string | undefined> {
  const { files, folder: cache } = context;
  const back = new Set(manifest.files.filter((file) => !waiting.includes(file)).map(({ name }) => name));
  const names = new Set(waiting.map(({ name }) => name));
  for (const { name } of manifest.files) {
    const year = parseDataName(name.replace(/\.metadata\.json$/, '.csv.gz'));
    if (year === undefined) continue;
    for (const pair of [dataName(year), sidecarName(year)]) names.add(pair);
  }
  const standing: string[] = [];
  for (const name of names)
    if (!back.has(name) && (await files.stat(path.join(target, name))) !== undefined) standing.push(name);
  if (standing.length === 0) return undefined;
  if (!force) {
    const where = standing.map((name) => path.join(target, name)).join(' and ');
    throw new AlmanacError('FILE_EXISTS', `${where} would be written over`, {
      suggestions: [`almanac cache restore ${manifest.id} --force (what stands there goes to quarantine itself)`],
    });
  }
  const reason = `it made way for ${manifest.id}, which was restored`;
  return moveToQuarantine(files, { cache, folder: target, names: standing, reason, now: context.now() });
}

function lockOptions({ lockTimeoutMs, owner, signal }: StoreContext) {
  return { timeoutMs: lockTimeoutMs, owner, signal };
}
