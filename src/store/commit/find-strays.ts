import path from 'node:path';
import type { FilePort } from '../files/file-port.js';
import {
  dataName,
  decodeSymbol,
  parseDataName,
  parseTimeframeFolder,
  previousSidecarName,
  quarantineFolder,
  sidecarName,
} from '../layout.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { parseSidecar } from '../sidecar/sidecar-text.js';
import { hashFile } from './hash-file.js';
import { quarantineHome, readManifest } from './quarantine-manifest.js';

/** Where files of ours lie: in a series' folder, or in quarantine, from which they came out of `from`. */
interface Place {
  readonly folder: string;
  readonly names: readonly string[];
  readonly from: string;
}

interface Whose {
  readonly symbol: string;
  readonly timeframe: string;
  readonly year: number;
}

/** Every series' folder of the cache, and every folder of its quarantine; one that cannot be read proves nothing. */
async function* placesOf(files: FilePort, cache: string): AsyncGenerator<Place> {
  const list = async (folder: string) => (await files.list(folder).catch(() => undefined)) ?? [];
  const namesIn = async (folder: string) =>
    (await list(folder)).filter(({ kind }) => kind === 'file').map(({ name }) => name);
  for (const { name: symbol, kind } of await list(cache)) {
    if (kind !== 'folder' || decodeSymbol(symbol) === undefined) continue;
    for (const { name: timeframe } of await list(path.join(cache, symbol))) {
      if (parseTimeframeFolder(timeframe) === undefined) continue;
      const folder = path.join(cache, symbol, timeframe);
      yield { folder, names: await namesIn(folder), from: `${symbol}/${timeframe}` };
    }
  }
  for (const { name } of await list(quarantineHome(cache))) {
    const folder = quarantineFolder(cache, name);
    const manifest = await readManifest(files, folder).catch(() => undefined);
    if (manifest !== undefined) yield { folder, names: await namesIn(folder), from: manifest.from };
  }
}

/** Another file of the cache that holds exactly these bytes: files that were swapped prove each other. */
export async function findData(
  files: FilePort,
  cache: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<string | undefined> {
  for await (const { folder, names } of placesOf(files, cache)) {
    for (const name of names) {
      if (parseDataName(name) === undefined) continue;
      const target = path.join(folder, name);
      const hash = async () => ((await files.stat(target))?.bytes === bytes ? hashFile(files, target) : undefined);
      if ((await hash().catch(() => undefined)) === sha256) return target;
    }
  }
  return undefined;
}

/**
 * Sound sidecars of this year that lie under another name, or were put into quarantine from there; the newest first.
 * One that went into quarantine from its own place was replaced on purpose.
 */
export async function findSidecars(files: FilePort, cache: string, whose: Whose): Promise<Sidecar[]> {
  const found: Sidecar[] = [];
  for await (const { folder, names, from } of placesOf(files, cache)) {
    for (const name of names) {
      const year = yearOfSidecar(name);
      if (year === undefined) continue;
      const [symbol, timeframe] = from.split('/') as [string, string];
      const home = decodeSymbol(symbol) === whose.symbol && timeframe === whose.timeframe && year === whose.year;
      if (home) continue;
      const bytes = await files.readWhole(path.join(folder, name)).catch(() => undefined);
      const parsed = parseSidecar(bytes ?? new Uint8Array());
      if (parsed.state === 'sound' && isOf(parsed.sidecar, whose)) found.push(parsed.sidecar);
    }
  }
  return found.sort((a, b) => b.generation - a.generation);
}

/** Whether a sidecar of another series, or the one before it, names one of these texts of this year. */
export async function namesAnyText(
  files: FilePort,
  cache: string,
  whose: Whose,
  texts: ReadonlySet<string>,
): Promise<boolean> {
  const wanted = [sidecarName(whose.year), previousSidecarName(whose.year)];
  for await (const { folder, names } of placesOf(files, cache)) {
    for (const name of names) {
      if (!wanted.includes(name)) continue;
      const parsed = parseSidecar((await files.readWhole(path.join(folder, name))) ?? new Uint8Array());
      if (parsed.state !== 'sound' || isOf(parsed.sidecar, whose)) continue;
      if (parsed.sidecar.blocks.some(({ textSha256 }) => texts.has(textSha256))) return true;
    }
  }
  return false;
}

function yearOfSidecar(name: string): number | undefined {
  const year = parseDataName(name.replace(/\.metadata\.json$/, '.csv.gz'));
  return year !== undefined && name === sidecarName(year) && name !== dataName(year) ? year : undefined;
}

function isOf(sidecar: Sidecar, { symbol, timeframe, year }: Whose): boolean {
  return sidecar.symbol === symbol && sidecar.timeframe === timeframe && sidecar.year === year;
}
