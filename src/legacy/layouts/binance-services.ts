import { parseTimeframe, type Timeframe } from '../../market/timeframe.js';
import { type BarColumns, describeDropped, findBarColumns } from '../columns/bar-columns.js';
import { findInvalidMark } from '../columns/invalid-mark.js';
import { lookAt } from '../columns/look.js';
import { asRefusal, isColumnar } from '../columns/open-columns.js';
import { refuseTimes } from '../columns/possible-times.js';
import { readSettled, type StampDetail, UTC_STAMPS } from '../columns/read-settled.js';
import { isMonthly, timeframeOf, usualSpacing } from '../columns/spacing.js';
import type { Candidate, Claim, LegacyReader, Refused } from '../reader.js';
import { checkSymbol } from '../text/claim-table.js';
import { type BinancePath, parseBinancePath } from './binance-path.js';

/**
 * Arrow and Parquet files of the Binance data services, in every place they were ever put, and in the plain
 * `SYMBOL/interval/day` their plans spoke of. Times are UTC whether they say so or not.
 */
export const binanceServices: LegacyReader = {
  async recognise(candidate) {
    if (!isColumnar(candidate.magic)) return undefined;
    const place = parseBinancePath(candidate.path);
    if (place === undefined) return undefined;
    try {
      return await claim(candidate, place);
    } catch (error) {
      return asRefusal(place.layout, error);
    }
  },
  read: readSettled,
};

async function claim(candidate: Candidate, place: BinancePath): Promise<Claim | Refused | undefined> {
  const { layout } = place;
  const look = await lookAt(candidate, findBarColumns);
  if (look === undefined) return undefined;
  const { map, time } = look;
  if (time.length === 0) return { layout, code: 'EMPTY', reason: 'it has no rows' };
  const impossible = refuseTimes(layout, time);
  if (impossible !== undefined) return impossible;
  const symbol = checkSymbol(place.symbol);
  if (typeof symbol !== 'string') return { layout, ...symbol };
  const settled = settleTimeframe(place, time);
  if ('code' in settled) return { layout, ...settled };
  const binance = layout !== 'symbol-days' || isBinance(map);
  // Its writers only ever counted from the epoch, and some did not say so: no zone a person assumes for others is theirs.
  const wall = map.wall && !binance;
  const mark = await findInvalidMark(candidate, place);
  const sure = place.period === undefined ? 0.8 : mark === undefined ? 1 : 0.7;
  return {
    layout,
    path: candidate.path,
    confidence: binance ? sure : 0.6,
    symbol,
    timeframe: settled.timeframe,
    provider: binance ? 'binance' : 'unknown',
    zone: wall ? { kind: 'assumed', zone: 'UTC' } : { kind: 'stated' },
    derived: false,
    companions: [],
    notes: [
      ...(mark === undefined
        ? []
        : [`the old tool's index calls it invalid (${mark}): its rows are judged as any others`]),
      ...settled.notes,
      ...noteStrays(place, time),
      ...describeDropped(map),
    ],
    detail: { stamps: UTC_STAMPS, wall } satisfies StampDetail,
  };
}

type Settled = { readonly timeframe: Timeframe; readonly notes: readonly string[] } | Pick<Refused, 'code' | 'reason'>;

/** By its path; by how far its rows are apart where the path says nothing, or says what may be two things. */
function settleTimeframe({ interval, foldsCase, period }: BinancePath, time: Float64Array): Settled {
  const spacing = usualSpacing(time);
  if (interval === undefined) {
    const timeframe = spacing === undefined ? undefined : timeframeOf(spacing);
    if (timeframe === undefined) return { code: 'UNSURE', reason: 'neither its path nor its rows say its timeframe' };
    return { timeframe, notes: ['its name was garbled when it was written: the timeframe is that of its rows'] };
  }
  const named = parseTimeframe(interval) ?? parseTimeframe(interval.toLowerCase());
  if (named === undefined) return { code: 'UNSURE', reason: `${interval} is no timeframe that Almanac keeps` };
  if (!foldsCase || !/^1m$/i.test(interval)) return { timeframe: named, notes: [] };
  // Where its folder kept the capital, and the name its date, nothing was folded.
  if (spacing === undefined && interval === '1M' && period !== undefined) return { timeframe: '1mo', notes: [] };
  if (spacing === undefined)
    return { code: 'UNSURE', reason: 'its only bar may be a minute or a month: the old tool wrote both there' };
  return isMonthly(spacing)
    ? { timeframe: '1mo', notes: ['its path says minutes and its bars are months'] }
    : { timeframe: '1m', notes: [] };
}

/** Rows decide; a name that says otherwise is told. */
function noteStrays({ period }: BinancePath, time: Float64Array): readonly string[] {
  if (period === undefined) return ['its name has no date: the days are those of its rows'];
  const strays = time.filter((at) => at < period.start || at >= period.end).length;
  return strays === 0 ? [] : [`${strays} of its rows lie outside the date in its name`];
}

function isBinance({ columns }: BarColumns): boolean {
  return columns.includes('quote_volume') || columns.includes('taker_buy_volume');
}
