import { periodRange } from '../../market/block.js';
import { yearRange } from '../../market/range.js';
import type { Series, YearInfo } from '../../store/face.js';
import type { PrunableSeries, PrunePiece } from './plan-prune.js';

/** A series as what can go of it, from its sidecars alone. */
export async function describePrunable(series: Series): Promise<PrunableSeries> {
  const { symbol, timeframe } = series;
  const { first, last } = await series.info();
  return { symbol, timeframe, first, last, pieces: (await series.years()).flatMap(piecesOf) };
}

function piecesOf({ year, state, sidecar, bytes }: YearInfo): PrunePiece[] {
  if (state === 'newer') return []; // left alone, and so nothing that can go
  const blocks = state === 'sound' ? (sidecar?.blocks ?? []) : [];
  if (blocks.length === 0) return [{ range: yearRange(year), rows: sidecar?.rows, bytes }];
  return blocks.map(({ period, rows, length }) => ({ range: periodRange(period), rows, bytes: length }));
}
