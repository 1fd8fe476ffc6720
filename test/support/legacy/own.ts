import { gzipSync } from 'node:zlib';
import { type Bars, column } from '../../../src/market/bars.js';
import { formatDecimal } from '../../../src/market/decimal.js';
import { formatInstant } from '../../../src/market/instant.js';
import { jsonFile, type OldFile } from './old-file.js';
import { splitYears } from './split-years.js';

/** A cache of Almanac before version 1 of its sidecar; without a version there are no sidecars. */
export function ownFiles(
  bars: Bars,
  folder: string,
  symbol: string,
  timeframe: string,
  schemaVersion?: number,
): OldFile[] {
  return splitYears(bars).flatMap(({ year, bars: part }) => {
    const lines = [...part.time].map((time, row) =>
      [formatInstant(time), ...part.columns.map((name) => cellOf(column(part, name)[row] as number))].join(','),
    );
    const header = gzipSync(`timestamp,${part.columns.join(',')}\n`);
    const path = `${folder}/${timeframe}/${year}`;
    const data = { path: `${path}.csv.gz`, bytes: Buffer.concat([header, gzipSync(`${lines.join('\n')}\n`)]) };
    if (schemaVersion === undefined) return [data];
    const sidecar = { schemaVersion, symbol, timeframe, year, provenance: [{ provider: 'binance', derived: false }] };
    return [data, jsonFile(`${path}.metadata.json`, sidecar)];
  });
}

function cellOf(value: number): string {
  return Number.isNaN(value) ? '' : formatDecimal(value);
}
