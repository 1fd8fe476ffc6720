import type { Migrated, MigratedFile, MigratedSeries } from '../../../src/cli/migrate/migrated.js';

/** A file of which these rows were left out. */
export function fileOf(
  path: string,
  refused: Readonly<Record<string, number>> = {},
  more: Partial<MigratedFile> = {},
): MigratedFile {
  const claim = { layout: 'unified', path, confidence: 1, provider: 'binance', notes: [] };
  const first = Date.UTC(2024, 0, 1);
  const facts = { rows: 26, admitted: 24, first, last: first + 23 * 3_600_000, bytes: 1000, sha256: 'a'.repeat(64) };
  const survey = { ...facts, refused: new Map(Object.entries(refused)) };
  return { source: { claim }, zone: 'UTC', survey, state: 'proved', added: 24, ...more };
}

export function seriesOf(
  symbol: string,
  files: readonly MigratedFile[],
  more: Partial<MigratedSeries> = {},
): MigratedSeries {
  return { symbol, timeframe: '1h', files, added: 24, conflicts: 0, clashes: [], warnings: [], ...more };
}

export function reportOf(series: readonly MigratedSeries[], refused: Migrated['refused'] = []): Migrated {
  return { series, refused, foreign: [], failures: [] };
}
