import { DAY, parseTimeframe, stepOf } from '../../market/timeframe.js';
import type { LegacyReader } from '../reader.js';
import { claimTable } from '../text/claim-table.js';
import { readTable } from '../text/read-table.js';
import { dayOf, fieldsOf } from '../text/sidecar-fields.js';
import { companionsOf, isTimeframeLike, parseYearName } from './year-name.js';

/**
 * The tree of a pipeline on Alpaca's minutes: `TICKER/TICKER-1m.csv.gz` as it downloaded them, and
 * `TICKER/tf/YYYY.csv.gz` as it added them up, with one `metadata.json` a timeframe.
 */
export const alpaca: LegacyReader = {
  async recognise(candidate) {
    const { segments } = candidate;
    const [folder, name] = [segments.at(-2), segments.at(-1) ?? ''];
    if (folder !== undefined && (name === `${folder}-1m.csv.gz` || name === `${folder}-1m.csv`)) {
      return claimTable(candidate, {
        layout: 'alpaca-minutes',
        symbol: folder,
        timeframe: '1m',
        provider: 'alpaca',
        companions: [],
        confidence: 1,
      });
    }
    const [symbol, timeframe] = [segments.at(-3), folder];
    const year = parseYearName(name);
    if (year === undefined || !isTimeframeLike(timeframe)) return undefined;
    const shared = fieldsOf(await candidate.document('metadata.json'));
    const isSummed = Array.isArray(shared?.years_available) || fieldsOf(shared?.trading_hours) !== undefined;
    if (!isSummed || candidate.beside.has(`${year}.metadata.json`)) return undefined;
    const known = parseTimeframe(timeframe);
    const isDaily = known !== undefined && (stepOf(known) ?? DAY) >= DAY;
    return claimTable(candidate, {
      layout: 'alpaca-summed',
      symbol,
      timeframe,
      provider: 'alpaca',
      written: dayOf(shared, 'last_updated'),
      companions: companionsOf(candidate.path, candidate.beside, 'metadata.json'),
      confidence: 1,
      derived: true,
      // Its days are stamped with the hour in which its trading day began: 04:00.
      dateOnly: isDaily,
      notes: ['added up from minutes between 04:00 and 20:00 UTC: in winter the last hour of a session is not in it'],
      year,
    });
  },
  read: readTable,
};
