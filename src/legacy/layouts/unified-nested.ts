import type { LegacyReader } from '../reader.js';
import { claimTable } from '../text/claim-table.js';
import { readTable } from '../text/read-table.js';
import { dayOf, fieldsOf, providerOf } from '../text/sidecar-fields.js';
import { companionsOf, isTimeframeLike, parseYearName } from './year-name.js';

/** `SYMBOL/tf/YYYY/YYYY.csv.gz`: what the unified cache's own migration made, and no version of it could read. */
export const unifiedNested: LegacyReader = {
  async recognise(candidate) {
    const { segments, path, beside } = candidate;
    const [symbol, timeframe, folder, name] = [-4, -3, -2, -1].map((at) => segments.at(at));
    const year = parseYearName(name);
    if (year === undefined || folder !== String(year) || !isTimeframeLike(timeframe)) return undefined;
    const sidecarName = `${year}.metadata.json`;
    const sidecar = fieldsOf(await candidate.document(sidecarName));
    return claimTable(candidate, {
      layout: 'unified-nested',
      symbol,
      timeframe,
      provider: providerOf(sidecar),
      written: dayOf(sidecar, 'migrated_at', 'last_updated'),
      companions: companionsOf(path, beside, sidecarName),
      confidence: sidecar === undefined ? 0.8 : 1,
      year,
    });
  },
  read: readTable,
};
