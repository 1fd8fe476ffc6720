import path from 'node:path';
import { isLoopback } from '../../market/loopback.js';
import { dataName, parseDataName, previousSidecarName, sidecarName } from '../layout.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { parseSidecar } from '../sidecar/sidecar-text.js';
import { parseUnproved } from '../sidecar/unproved-sidecar.js';
import { readSidecar } from '../year/open-year.js';
import { findData, findSidecars } from './find-strays.js';
import { hashFile } from './hash-file.js';
import { readPreviousSidecar } from './recover-year.js';
import type { YearContext } from './year-context.js';

/** All that can still be known of a year whose own sidecar does not speak for it. */
export interface KnownOfYear {
  /** What lies in its place is another year's or another series', and proves it: never to be taken for this one's. */
  readonly misplaced: boolean;
  /** Its own sidecar, found under another name, with its data found too. */
  readonly stray: Sidecar | undefined;
  /** Its own sidecar, damaged or edited: to be believed where the data proves it. */
  readonly edited: Sidecar | undefined;
  /** The generation before. */
  readonly previous: Sidecar | undefined;
}

export async function knownOfYear(context: YearContext, year: number): Promise<KnownOfYear> {
  const { files, cache, folder } = context;
  const data = path.join(folder, dataName(year));
  const hash = (await files.stat(data))?.kind === 'file' ? await hashFile(files, data) : undefined;
  const bytes = await files.readWhole(path.join(folder, sidecarName(year))).catch(() => undefined);
  const adjacent = bytes && parseSidecar(bytes);
  const misplaced =
    adjacent?.state === 'sound' && !isOf(context, adjacent.sidecar, year) && adjacent.sidecar.file.sha256 === hash;
  const whose = { symbol: context.symbol, timeframe: context.timeframe, year };
  let stray: Sidecar | undefined;
  for (const sidecar of await findSidecars(files, cache, whose)) {
    const found = sidecar.file.sha256 === hash || (await findData(files, cache, sidecar.file)) !== undefined;
    if (found) stray ??= sidecar;
  }
  const unproved = bytes && parseUnproved(bytes);
  const edited = unproved && isOf(context, unproved, year) ? unproved : undefined;
  return { misplaced, stray, edited, previous: await previousOf(context, year) };
}

/** The generation before, where it is whole and this year's. */
export async function previousOf(context: YearContext, year: number): Promise<Sidecar | undefined> {
  const previous = await readPreviousSidecar(context.files, context.folder, previousSidecarName(year));
  return previous !== undefined && isOf(context, previous, year) ? previous : undefined;
}

/**
 * The simulation that the series comes from, if it does: rows whose origin is lost are its too, because a series never
 * holds both, and without this they would keep everything else of it out.
 */
export async function simulationOf(
  context: YearContext,
  known: readonly (Sidecar | undefined)[],
): Promise<string | undefined> {
  for (const sidecar of known) {
    const origin = sidecar && simulated(sidecar);
    if (origin !== undefined) return origin;
  }
  for (const { name } of (await context.files.list(context.folder)) ?? []) {
    const year = parseDataName(name);
    // One that cannot be read does not keep this one from being mended.
    const read = year === undefined ? undefined : readSidecar(context.files, context.folder, year);
    const parsed = await read?.catch(() => undefined);
    const origin = parsed?.state === 'sound' ? simulated(parsed.sidecar) : undefined;
    if (origin !== undefined) return origin;
  }
  return undefined;
}

function simulated({ provenance }: Sidecar): string | undefined {
  return provenance.find(({ origin }) => origin !== undefined && isLoopback(origin))?.origin;
}

function isOf(context: YearContext, sidecar: Sidecar, year: number): boolean {
  return sidecar.symbol === context.symbol && sidecar.timeframe === context.timeframe && sidecar.year === year;
}
