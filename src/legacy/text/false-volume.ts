import type { OldProvider } from '../name-provider.js';
import type { Table } from './look-at-table.js';
import type { LinePlan } from './parse-columns.js';

/** Yahoo's frames were once taken by position, and their fifth price fell into the volume. */
export function emptyFalseVolume({ plan, rows }: Table, { name }: OldProvider): LinePlan {
  if (name !== 'yahoo') return plan;
  const told = rows.filter(({ volume }) => !Number.isNaN(volume));
  const odd = told.filter(
    ({ close, volume }) => !Number.isInteger(volume) && volume > close / 20 && volume < close * 1.5,
  );
  if (told.length < 3 || odd.length < told.length * 0.9) return plan;
  return { ...plan, cells: plan.cells.map((cell, column) => (plan.columns[column] === 'volume' ? -1 : cell)) };
}
