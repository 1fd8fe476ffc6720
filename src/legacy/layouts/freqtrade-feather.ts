import { claimColumns } from '../columns/claim-columns.js';
import { isColumnar } from '../columns/open-columns.js';
import { readSettled } from '../columns/read-settled.js';
import { parseFreqtradeName } from '../freqtrade-name.js';
import type { LegacyReader } from '../reader.js';

const LAYOUT = 'freqtrade-feather';

/** `EXCHANGE/BASE_QUOTE-5m.feather` and `EXCHANGE/futures/BASE_QUOTE_SETTLE-5m-futures.feather`. */
export const freqtradeFeather: LegacyReader = {
  async recognise(candidate) {
    if (!isColumnar(candidate.magic)) return undefined;
    const named = parseFreqtradeName(candidate.segments);
    if (named === undefined) return undefined;
    if ('code' in named) return { ...named, layout: LAYOUT };
    const { symbol, timeframe, exchange: provider } = named;
    return claimColumns(candidate, { layout: LAYOUT, symbol, timeframe, provider, companions: [], confidence: 1 });
  },
  read: readSettled,
};
