import type { LegacyReader } from '../reader.js';
import { claimTable } from '../text/claim-table.js';
import { readTable } from '../text/read-table.js';
import { dayOf, fieldsOf, providerOf, textOf } from '../text/sidecar-fields.js';
import { companionsOf, isTimeframeLike, parseYearName } from './year-name.js';

/** Written by the same hands beside bars, in the same shape, and no bars. */
const OTHER_DATA: Readonly<Record<string, string>> = {
  funding_rate: 'funding rates',
  open_interest: 'open interest',
  long_short_ratio: 'long/short ratios',
};

/** `[ohlcv/]SYMBOL/tf/YYYY.csv.gz` with a `YYYY.metadata.json`: the unified cache in all its versions. */
export const unified: LegacyReader = {
  async recognise(candidate) {
    const { segments, path, beside } = candidate;
    const [above, folder, timeframe, name] = [-4, -3, -2, -1].map((at) => segments.at(at));
    const year = parseYearName(name);
    if (year === undefined || !isTimeframeLike(timeframe)) return undefined;
    if (above !== undefined && Object.hasOwn(OTHER_DATA, above))
      return { layout: 'unified', code: 'NOT_BARS', reason: `it holds ${OTHER_DATA[above]}, not bars` };
    const sidecarName = `${year}.metadata.json`;
    const sidecar = fieldsOf(await candidate.document(sidecarName));
    return claimTable(candidate, {
      layout: 'unified',
      symbol: folder ?? textOf(sidecar, 'symbol'),
      timeframe,
      provider: providerOf(sidecar),
      written: dayOf(sidecar, 'last_updated'),
      companions: companionsOf(path, beside, sidecarName),
      confidence: sidecar === undefined ? 0.7 : 1,
      notes: sidecar === undefined ? ['it has no sidecar: nobody says who its bars came from'] : [],
      year,
    });
  },
  read: readTable,
};
