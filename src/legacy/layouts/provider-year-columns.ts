import { claimColumns } from '../columns/claim-columns.js';
import { isColumnar } from '../columns/open-columns.js';
import { readSettled } from '../columns/read-settled.js';
import { isKnownProvider } from '../name-provider.js';
import type { LegacyReader } from '../reader.js';
import { dayOf, fieldsOf, providerOf, textOf } from '../text/sidecar-fields.js';
import { companionsOf, isTimeframeLike } from './year-name.js';

const PLACE = /^(?<year>(?:1[89]|2[01])\d{2})(?:\/data)?\.[a-z]+$/;

/** `provider/SYMBOL/tf/YYYY/data.parquet` and `provider/SYMBOL/tf/YYYY.parquet`, with a `metadata.json`. */
export const providerYearColumns: LegacyReader = {
  async recognise(candidate) {
    const { segments, path, beside } = candidate;
    const folders = /^data\.[a-z]+$/.test(segments.at(-1) ?? '') ? 2 : 1;
    const year = PLACE.exec(segments.slice(-folders).join('/'))?.groups?.year;
    const [provider, symbol, timeframe] = [-3, -2, -1].map((at) => segments.slice(0, -folders).at(at));
    if (!isColumnar(candidate.magic) || year === undefined || !isTimeframeLike(timeframe)) return undefined;
    const shared = fieldsOf(await candidate.document('metadata.json'));
    const sidecar = fieldsOf(fieldsOf(shared?.years)?.[year]) ?? shared;
    const stated = providerOf(sidecar);
    const isKnown = provider !== undefined && isKnownProvider(provider);
    return claimColumns(candidate, {
      layout: 'provider-year',
      symbol: symbol ?? textOf(sidecar, 'symbol'),
      timeframe,
      provider: stated?.toLowerCase() === 'mock' || !isKnown ? (stated ?? provider) : provider,
      written: dayOf(sidecar, 'last_modified', 'last_sync_timestamp', 'last_updated', 'created_at'),
      companions: companionsOf(path, beside, 'metadata.json'),
      confidence: isKnown ? 1 : 0.8,
    });
  },
  read: readSettled,
};
