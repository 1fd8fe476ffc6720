import path from 'node:path';
import { type Bars, emptyBars, rowCount } from '../../market/bars.js';
import { blockSpan } from '../../market/block.js';
import { formatInstant } from '../../market/instant.js';
import { closeOf } from '../../market/timeframe.js';
import type { OpenFile } from '../files/file-port.js';
import { dataName, previousDataName, previousSidecarName, sidecarName } from '../layout.js';
import type { BlockEntry, Provenance, Sidecar } from '../sidecar/sidecar.js';
import { decodeUnindexed, type EncodedBlock, encodeBlock, readMember } from '../year/block.js';
import { splitBars } from '../year/split-bars.js';
import { commitYear, type Piece } from './commit-year.js';
import { quarantine } from './quarantine.js';
import { readPreviousSidecar, sweepYear, type YearState } from './recover-year.js';
import type { YearContext } from './year-context.js';

/** What a repair did, in a sentence for the report; undefined where nothing had to be done. */
export interface Repaired {
  readonly note: string;
}

/**
 * Makes a year writable again. Sound blocks are kept, lost ones are taken from the previous generation where it has
 * them, and the hurt files themselves go to quarantine; a row that is lost is simply missing, and so fetched again.
 */
export async function repairYear(context: YearContext, year: number, state: YearState): Promise<Repaired | undefined> {
  if (state.kind === 'none' || state.kind === 'sound') return undefined;
  const { files, folder } = context;
  if (state.kind === 'unindexed') {
    const bytes = await files.readWhole(path.join(folder, dataName(year)));
    const bars = bytes && (await decodeUnindexed(bytes, year).catch(() => undefined));
    if (bars !== undefined) return rebuild(context, year, bars, state.reason);
  }
  return salvage(context, year, state);
}

/** The rows are good and only their index is not: write both anew, with what is still known of their origin. */
async function rebuild(context: YearContext, year: number, bars: Bars, reason: string): Promise<Repaired> {
  const previous = await readPreviousSidecar(context.files, context.folder, previousSidecarName(year));
  const pieces: EncodedBlock[] = [];
  const provenance: Provenance[] = [];
  for (const { period, rows } of splitBars(blockSpan(context.timeframe), bars)) {
    const block = await encodeBlock(period, rows);
    pieces.push(block);
    const known = previous?.blocks.some((old) => old.textSha256 === block.entry.textSha256)
      ? previous.provenance.filter((entry) => entry.from.startsWith(period))
      : [];
    provenance.push(...(known.length > 0 ? known : [unknownOrigin(context, rows)]));
  }
  const columns = ['timestamp', ...bars.columns];
  await quarantineYear(context, year, `${reason}; the sidecar was rebuilt from the rows`);
  await publish(context, year, { columns, pieces, provenance, sidecar: undefined });
  return { note: `${year}: ${reason}, so it was rebuilt from its ${rowCount(bars)} rows` };
}

async function salvage(context: YearContext, year: number, state: YearState): Promise<Repaired> {
  const { files, folder } = context;
  const sidecar = state.kind === 'damaged' ? state.sidecar : undefined;
  const reason = 'reason' in state ? state.reason : 'damaged';
  const previous = await readPreviousSidecar(files, folder, previousSidecarName(year));
  const open: OpenFile[] = [];
  const opened = async (name: string): Promise<OpenFile | undefined> => {
    if ((await files.stat(path.join(folder, name))) === undefined) return undefined;
    const file = await files.open(path.join(folder, name), 'read');
    open.push(file);
    return file;
  };
  try {
    const sound = new Map<string, { piece: Piece; provenance: readonly Provenance[] }>();
    const columns = (sidecar ?? previous)?.columns;
    for (const [source, name] of [
      [previous, previousDataName(year)],
      [sidecar, dataName(year)],
    ] as const) {
      const file = source && source.columns.join() === columns?.join() ? await opened(name) : undefined;
      for (const entry of file === undefined ? [] : (source?.blocks ?? [])) {
        // A block the current index no longer names was removed on purpose.
        if (sidecar !== undefined && !sidecar.blocks.some((block) => block.period === entry.period)) continue;
        if ((await readMember(file as OpenFile, entry).catch(() => undefined)) === undefined) continue;
        sound.set(entry.period, {
          piece: { from: file as OpenFile, entry },
          provenance: ofPeriod(source as Sidecar, entry),
        });
      }
    }
    const id = await quarantineYear(context, year, reason);
    const kept = [...sound.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
    await publish(context, year, {
      columns: columns ?? ['timestamp', ...emptyBars().columns],
      pieces: kept.map(({ piece }) => piece),
      provenance: kept.flatMap((block) => block.provenance),
      sidecar: sidecar ?? previous,
    });
    const lost = sidecar?.blocks.filter((entry) => !sound.has(entry.period)).map((entry) => entry.period) ?? [];
    const loss = lost.length > 0 ? `; missing now: ${lost.join(', ')}` : '';
    return {
      note: `${year}: ${reason}; ${kept.length} sound blocks were kept and the damaged file is in quarantine as ${id}${loss}`,
    };
  } finally {
    for (const file of open) await file.close().catch(() => undefined);
  }
}

interface Published {
  readonly columns: readonly string[];
  readonly pieces: readonly Piece[];
  readonly provenance: readonly Provenance[];
  readonly sidecar: Sidecar | undefined;
}

async function publish(
  context: YearContext,
  year: number,
  { columns, pieces, provenance, sidecar }: Published,
): Promise<void> {
  const identity = context.identity(year, sidecar);
  const draft = {
    ...identity,
    columns,
    provenance,
    explained: sidecar?.explained ?? [],
    rejected: sidecar?.rejected ?? [],
  };
  await commitYear(context, {
    draft: { ...draft, generation: (sidecar?.generation ?? 0) + 1 },
    pieces,
    basedOn: undefined,
    keepPrevious: false,
  });
  await sweepYear(context.files, context.folder, year);
}

function quarantineYear(context: YearContext, year: number, reason: string): Promise<string> {
  const { files, cache, folder } = context;
  return quarantine(files, { cache, folder, names: [dataName(year), sidecarName(year)], reason, now: context.now() });
}

function ofPeriod(sidecar: Sidecar, entry: BlockEntry): Provenance[] {
  // As instants, not as texts: a time stamp with milliseconds sorts before the same one without.
  const [first, last] = [Date.parse(entry.first), Date.parse(entry.last)];
  return sidecar.provenance.filter((range) => Date.parse(range.from) >= first && Date.parse(range.from) <= last);
}

function unknownOrigin(context: YearContext, bars: Bars): Provenance {
  return {
    from: formatInstant(bars.time[0] as number),
    to: formatInstant(closeOf(context.timeframe, bars.time.at(-1) as number)),
    provider: 'unknown',
    via: 'unknown',
    fetchedAt: formatInstant(context.now()),
    rows: rowCount(bars),
    derived: false,
  };
}
