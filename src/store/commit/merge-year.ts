import { AlmanacError } from '../../market/almanac-error.js';
import { type Bars, barsWithin, concatBars, emptyBars, rowCount, selectColumns } from '../../market/bars.js';
import { blockPeriod, blockSpan, splitByBlock } from '../../market/block.js';
import { type Merged, mergeBars } from '../../market/merge.js';
import { intersect, type Range, yearRange } from '../../market/range.js';
import type { BlockProvenance, PutOptions, PutProvenance } from '../face.js';
import type { OpenFile } from '../files/file-port.js';
import { faultOfColumns } from '../sidecar/column-names.js';
import type { BlockEntry, Provenance, Sidecar } from '../sidecar/sidecar.js';
import { appendToBlock, decodeBlock, encodeBlock } from '../year/block.js';
import { unionColumns } from '../year/column-order.js';
import { inBackground } from '../year/in-background.js';
import { splitBars } from '../year/split-bars.js';
import type { NextYear, Piece } from './commit-year.js';
import { joinExplained, joinRejected } from './join-notes.js';
import { appendOrigin, isSameOrigins, originsOf, remapOrigins, stampRange } from './origins.js';
import type { YearContext } from './year-context.js';

export interface MergeRequest {
  readonly year: number;
  readonly incoming: Bars;
  readonly provenance: BlockProvenance;
  readonly options: PutOptions;
  /** What is there, with its file held open. */
  readonly existing: { readonly sidecar: Sidecar; readonly file: OpenFile } | undefined;
}

export interface YearMerge {
  /** Undefined where everything is there already: then nothing is written. */
  readonly next: NextYear | undefined;
  readonly added: number;
  readonly replaced: number;
  readonly conflicts: number;
  readonly removed: number;
}

/** The next generation of a year: touched blocks decoded, merged and encoded again, the others copied as they are. */
export async function mergeYear(context: YearContext, request: MergeRequest): Promise<YearMerge> {
  const { year, options, existing } = request;
  const before = existing?.sidecar;
  // No rows, no columns: an explanation alone comes with whatever columns its caller had at hand.
  const brought = before !== undefined && rowCount(request.incoming) === 0 ? [] : request.incoming.columns;
  const columns = unionColumns(before?.columns.slice(1), brought);
  const fault = faultOfColumns(columns);
  if (fault !== undefined) throw new AlmanacError('BARS_INVALID', `${context.symbol} ${context.timeframe}: ${fault}`);
  // By name, not by number: the same columns in another order would change places in every block that is copied.
  const widened = before !== undefined && columns.join() !== before.columns.slice(1).join();
  const incoming = new Map(
    splitBars(blockSpan(context.timeframe), request.incoming).map(({ period, rows }) => [period, rows]),
  );
  const replaced = options.replace && intersect(options.replace, yearRange(year));
  const touched = new Set([...incoming.keys(), ...touchedBy(context, replaced, before)]);
  const periods = [...new Set([...(before?.blocks.map((block) => block.period) ?? []), ...touched])].sort();
  const totals = { added: 0, replaced: 0, conflicts: 0, removed: 0 };
  const pieces: (Piece | Promise<Piece>)[] = [];
  const provenance: (readonly Provenance[])[] = [];
  let changed = widened;
  for (const period of periods) {
    const entry = before?.blocks.find((block) => block.period === period);
    const own = before?.provenance.filter(({ from }) => from.startsWith(period)) ?? [];
    if (entry !== undefined && !touched.has(period) && !widened) {
      pieces.push({ from: (existing as { file: OpenFile }).file, entry });
      provenance.push(own);
      continue;
    }
    const fresh = incoming.get(period);
    if (entry !== undefined && fresh !== undefined && isAppend(entry, fresh, before as Sidecar, columns, replaced)) {
      pieces.push(
        inBackground(appendToBlock((existing as { file: OpenFile }).file, entry, selectColumns(fresh, columns))),
      );
      provenance.push(appendOrigin(context.timeframe, own, fresh, request.provenance(period)));
      totals.added += rowCount(fresh);
      changed = true;
      continue;
    }
    const from = request.provenance(period);
    const block = await mergeBlock({ request, context, columns, from, entry, own, fresh, replaced });
    for (const key of ['added', 'replaced', 'conflicts', 'removed'] as const) totals[key] += block[key];
    if (entry !== undefined && !block.changed && !widened) {
      pieces.push({ from: (existing as { file: OpenFile }).file, entry });
      provenance.push(own);
      continue;
    }
    changed = true;
    if (rowCount(block.bars) === 0) continue;
    // Compression runs in the thread pool while the next block is merged, a few ahead and no more.
    await pieces.at(-AHEAD);
    pieces.push(inBackground(encodeBlock(period, block.bars)));
    provenance.push(block.provenance);
  }
  assertNotShrinking(context, year, totals, options);
  const explained = joinExplained(before?.explained, options.explained, year);
  const rejected = joinRejected(before?.rejected, changed ? options.rejected : undefined);
  if (explained !== before?.explained && explained.length > (before?.explained.length ?? 0)) changed = true;
  if (!changed) return { next: undefined, ...totals };
  const draft = {
    ...context.identity(year, before),
    generation: (before?.generation ?? 0) + 1,
    columns: ['timestamp', ...columns],
    provenance: provenance.flat(),
    explained,
    rejected,
  };
  return { next: { draft, pieces, basedOn: before?.generation, keepPrevious: true }, ...totals };
}

/** Blocks whose text is held in memory while they are compressed. */
const AHEAD = 4;

/** Every new row comes after the block's last one and has its columns: the daily case, and the cheapest. */
function isAppend(
  entry: BlockEntry,
  fresh: Bars,
  before: Sidecar,
  columns: readonly string[],
  replaced: Range | undefined,
): boolean {
  const same = before.columns.slice(1).join() === columns.join();
  return same && replaced === undefined && rowCount(fresh) > 0 && (fresh.time[0] as number) > Date.parse(entry.last);
}

interface BlockMerge {
  readonly request: MergeRequest;
  readonly context: YearContext;
  readonly columns: readonly string[];
  /** Where the fresh rows come from. */
  readonly from: PutProvenance;
  readonly entry: BlockEntry | undefined;
  readonly own: readonly Provenance[];
  readonly fresh: Bars | undefined;
  readonly replaced: Range | undefined;
}

async function mergeBlock({ request, context, columns, from, entry, own, fresh, replaced }: BlockMerge) {
  const { existing, options } = request;
  const stored =
    entry && existing ? await decodeBlock(existing.file, entry, existing.sidecar.columns.slice(1)) : emptyBars(columns);
  const incoming = fresh ?? emptyBars(columns);
  const kept = replaced === undefined ? stored : withoutAbsent(stored, incoming, replaced);
  const removed = rowCount(stored) - rowCount(kept);
  const merged: Merged = mergeBars(kept, incoming, options.winner ?? 'existing', columns);
  const stamped = replaced === undefined ? merged : stampRange(merged, replaced);
  const origins = remapOrigins(context.timeframe, stamped, originsOf(kept.time, own), own, from);
  return {
    bars: merged.bars,
    provenance: origins,
    added: merged.added,
    replaced: merged.replaced,
    conflicts: merged.conflicts,
    removed,
    changed: merged.added + merged.replaced + removed > 0 || (replaced !== undefined && !isSameOrigins(own, origins)),
  };
}

/** Stored rows less those in `range` that the incoming bars lack. */
function withoutAbsent(stored: Bars, incoming: Bars, range: Range): Bars {
  const known = new Set(barsWithin(incoming, range).time);
  const inside = barsWithin(stored, range);
  const rows = [...inside.time.keys()].filter((row) => known.has(inside.time[row] as number));
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  const survivors = { time: pick(inside.time), columns: inside.columns, values: inside.values.map(pick) };
  const before = barsWithin(stored, { start: Number.NEGATIVE_INFINITY, end: range.start });
  const after = barsWithin(stored, { start: range.end, end: Number.POSITIVE_INFINITY });
  return concatBars(
    [before, survivors, after].map((part) => selectColumns(part, stored.columns)),
    stored.columns,
  );
}

function touchedBy(context: YearContext, replaced: Range | undefined, before: Sidecar | undefined): string[] {
  if (replaced === undefined || before === undefined) return [];
  const span = blockSpan(context.timeframe);
  return splitByBlock(span, replaced)
    .map((range) => blockPeriod(span, range.start))
    .filter((period) => before.blocks.some((block) => block.period === period));
}

function assertNotShrinking(
  context: YearContext,
  year: number,
  totals: { readonly added: number; readonly removed: number },
  options: PutOptions,
): void {
  if (totals.removed <= totals.added || options.allowShrink === true) return;
  const what = `${context.symbol} ${context.timeframe} ${year}`;
  throw new AlmanacError(
    'SHRINK_REFUSED',
    `${what}: this write would lose ${totals.removed - totals.added} rows, so it was refused and nothing changed`,
  );
}
