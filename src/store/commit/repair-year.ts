import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import { type Bars, rowCount, selectColumns } from '../../market/bars.js';
import { blockSpan } from '../../market/block.js';
import { formatInstant } from '../../market/instant.js';
import type { PutProvenance } from '../face.js';
import { dataName, sidecarName } from '../layout.js';
import type { Provenance, Sidecar } from '../sidecar/sidecar.js';
import { decodeUnindexed, type EncodedBlock, encodeBlock, ForeignError } from '../year/block.js';
import { unionColumns } from '../year/column-order.js';
import { splitBars } from '../year/split-bars.js';
import { commitYear, type Piece } from './commit-year.js';
import { coverRows } from './cover-rows.js';
import { type KnownOfYear, knownOfYear, previousOf, simulationOf } from './known-of-year.js';
import { moveToQuarantine, quarantine } from './quarantine.js';
import { sweepYear, type YearState } from './recover-year.js';
import { type Salvaged, salvageBlocks } from './salvage-blocks.js';
import type { YearContext } from './year-context.js';

/** What a repair did. */
export interface Repaired {
  /** In a sentence, for the report. */
  readonly note: string;
  /** Where the hurt files are now. */
  readonly quarantine: string;
  /** Blocks that are missing now, and so fetched again by the next populate. */
  readonly lost: readonly string[];
}

/**
 * Makes a year writable again. Sound blocks are kept, lost ones are taken from the previous generation where it has
 * them, and the hurt files themselves go to quarantine; a row that is lost is simply missing, and so fetched again.
 * `findings` are ids of a report under which the quarantined files can be asked for.
 */
export async function repairYear(
  context: YearContext,
  year: number,
  state: YearState,
  findings?: readonly string[],
): Promise<Repaired | undefined> {
  if (state.kind === 'none' || state.kind === 'sound') return undefined;
  const repair = { context, year, reason: state.reason, findings };
  if (state.kind === 'damaged') {
    const salvaged = await salvageBlocks(context, year, state.sidecar, await previousOf(context, year), true);
    return replaceYear(repair, state.sidecar, salvaged);
  }
  const known = await knownOfYear(context, year);
  if (known.stray !== undefined) {
    const salvaged = await salvageBlocks(context, year, known.stray, known.previous, !known.misplaced);
    return replaceYear(repair, known.stray, salvaged);
  }
  if (!known.misplaced) {
    const bytes = await context.files.readWhole(path.join(context.folder, dataName(year)));
    const bars = bytes && (await decodeUnindexed(bytes, year).catch((error) => refuseForeign(error, context, year)));
    if (bars !== undefined) return rebuild(repair, bars, known);
  }
  const expected = known.edited ?? known.previous;
  return replaceYear(repair, expected, await salvageBlocks(context, year, expected, known.previous, !known.misplaced));
}

/** Rows that somebody else keeps here are not damage: they are neither put aside nor written over. */
function refuseForeign(error: unknown, { folder }: YearContext, year: number): undefined {
  if (!(error instanceof ForeignError)) return undefined;
  const data = path.join(folder, dataName(year));
  throw new AlmanacError('STORE_DAMAGED', `${data} is not a year-file: ${error.message}; it was left as it is`, {
    suggestions: ['move it out of the cache, and take it in with almanac cache import'],
  });
}

interface Repair {
  readonly context: YearContext;
  readonly year: number;
  readonly reason: string;
  readonly findings: readonly string[] | undefined;
}

/** The rows are good and only their index is not: write both anew, with what is still known of their origin. */
async function rebuild(repair: Repair, bars: Bars, known: KnownOfYear): Promise<Repaired> {
  const { context, year, reason } = repair;
  const unknown = await unknownOrigin(context, [known.previous, known.edited]);
  const pieces: EncodedBlock[] = [];
  const provenance: Provenance[][] = [];
  const columns = unionColumns(undefined, bars.columns);
  for (const { period, rows } of splitBars(blockSpan(context.timeframe), selectColumns(bars, columns))) {
    const block = await encodeBlock(period, rows);
    pieces.push(block);
    // The older generation's word goes first where the block has not changed since, for it is proved.
    const proved = known.previous?.blocks.some((old) => old.textSha256 === block.entry.textSha256) ?? false;
    const order = proved ? [known.previous, known.edited] : [known.edited, known.previous];
    const ranges = order.map((sidecar) => sidecar?.provenance ?? []);
    provenance.push(coverRows(context.timeframe, rows.time, ranges, unknown));
  }
  const id = await quarantineYear(repair, `${reason}; the sidecar was rebuilt from the rows`);
  await publish(context, year, {
    columns: ['timestamp', ...columns],
    pieces,
    provenance: provenance.flat(),
    known: known.edited ?? known.previous,
  });
  const note = `${year}: ${reason}, so it was rebuilt from its ${rowCount(bars)} rows`;
  return { note, quarantine: id, lost: [] };
}

/** What was saved takes the place of what was hurt; where nothing is left, not even an index, the place is empty. */
async function replaceYear(repair: Repair, expected: Sidecar | undefined, salvaged: Salvaged): Promise<Repaired> {
  const { context, year, reason } = repair;
  try {
    const { blocks, columns } = salvaged;
    if (expected === undefined && blocks.length === 0) {
      const id = await moveToQuarantine(context.files, requestOf(repair, reason));
      const note = `${year}: ${reason}; no block of it is sound, so it is in quarantine as ${id}`;
      return { note, quarantine: id, lost: [String(year)] };
    }
    const unknown = await unknownOrigin(context, [expected]);
    const provenance = blocks.flatMap((block) => {
      const time = 'bars' in block ? block.bars.time : block.time;
      const known = block.from?.provenance.filter(({ from }) => from.startsWith(block.period)) ?? [];
      return coverRows(context.timeframe, time, [known], unknown);
    });
    const pieces: Piece[] = [];
    for (const block of blocks)
      pieces.push(
        'bars' in block ? await encodeBlock(block.period, block.bars) : { from: block.file, entry: block.entry },
      );
    const id = await quarantineYear(repair, reason);
    await publish(context, year, { columns, pieces, provenance, known: expected });
    const kept = new Set(pieces.map(({ entry }) => entry.period));
    const lost = (expected?.blocks ?? []).map(({ period }) => period).filter((period) => !kept.has(period));
    const loss = lost.length > 0 ? `; missing now: ${lost.join(', ')}` : '';
    const note = `${year}: ${reason}; ${pieces.length} sound blocks were kept and the damaged file is in quarantine as ${id}${loss}`;
    return { note, quarantine: id, lost };
  } finally {
    await salvaged.close();
  }
}

interface Published {
  readonly columns: readonly string[];
  readonly pieces: readonly Piece[];
  readonly provenance: readonly Provenance[];
  readonly known: Sidecar | undefined;
}

async function publish(
  context: YearContext,
  year: number,
  { columns, pieces, provenance, known }: Published,
): Promise<void> {
  const identity = context.identity(year, known);
  const draft = {
    ...identity,
    columns,
    provenance,
    explained: known?.explained ?? [],
    rejected: known?.rejected ?? [],
  };
  await commitYear(context, {
    draft: { ...draft, generation: (known?.generation ?? 0) + 1 },
    pieces,
    basedOn: undefined,
    keepPrevious: false,
  });
  await sweepYear(context.files, context.folder, year);
}

function quarantineYear(repair: Repair, reason: string): Promise<string> {
  return quarantine(repair.context.files, requestOf(repair, reason));
}

function requestOf({ context, year, findings }: Repair, reason: string) {
  const { cache, folder } = context;
  return { cache, folder, names: [dataName(year), sidecarName(year)], reason, now: context.now(), findings };
}

async function unknownOrigin(context: YearContext, known: readonly (Sidecar | undefined)[]): Promise<PutProvenance> {
  const origin = await simulationOf(context, known);
  const unknown = { provider: 'unknown', via: 'import', derived: false } as const;
  const fetchedAt = formatInstant(context.now());
  return { ...unknown, fetchedAt, ...(origin === undefined ? {} : { origin }) };
}
