import { isKnownProvider } from '../name-provider.js';
import type { LegacyReader } from '../reader.js';
import { claimTable } from '../text/claim-table.js';
import { readTable } from '../text/read-table.js';
import { dayOf, fieldsOf, providerOf, textOf } from '../text/sidecar-fields.js';
import { companionsOf, isTimeframeLike, parseYearName } from './year-name.js';

/**
 * `provider/SYMBOL/tf/YYYY/data.csv` and `provider/SYMBOL/tf/YYYY.csv[.gz]`, with a `metadata.json`. A `.csv` of these
 * may be gzip, and a `.csv.gz` text: they are read for what they are.
 */
export const providerYear: LegacyReader = {
  async recognise(candidate) {
    const { segments, path, beside } = candidate;
    const inFolder = /^data\.csv(\.gz|\.zst)?$/.test(segments.at(-1) ?? '');
    const parts = inFolder ? segments.slice(0, -1) : segments;
    const year = parseYearName(inFolder ? `${parts.at(-1)}.csv` : parts.at(-1));
    const [provider, symbol, timeframe] = [-4, -3, -2].map((at) => parts.at(at));
    if (year === undefined || !isTimeframeLike(timeframe)) return undefined;
    const shared = fieldsOf(await candidate.document('metadata.json'));
    const sidecar = fieldsOf(fieldsOf(shared?.years)?.[String(year)]) ?? shared;
    const isKnown = provider !== undefined && isKnownProvider(provider);
    // One sidecar a year in a file of its own is the unified cache, even below a folder named like a provider.
    const isOurs =
      inFolder || (!beside.has(`${year}.metadata.json`) && (isKnown || textOf(sidecar, 'provider') !== undefined));
    if (!isOurs) return undefined;
    return claimTable(candidate, {
      layout: 'provider-year',
      symbol: symbol ?? textOf(sidecar, 'symbol'),
      timeframe,
      provider: providerOf(sidecar)?.toLowerCase() === 'mock' ? 'mock' : (provider ?? providerOf(sidecar)),
      written: dayOf(sidecar, 'last_modified', 'last_sync_timestamp', 'last_updated', 'created_at'),
      companions: companionsOf(path, beside, 'metadata.json'),
      confidence: isKnown ? 1 : 0.8,
      year,
    });
  },
  read: readTable,
};
