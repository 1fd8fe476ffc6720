import { parseTimeframe } from '../../market/timeframe.js';
import { nameProvider } from '../name-provider.js';
import type { Candidate, Claim, Refused } from '../reader.js';
import { checkSymbol } from '../text/claim-table.js';
import { findStampPolicy } from '../text/stamp-policy.js';
import { describeDropped, findBarColumns } from './bar-columns.js';
import { lookAt } from './look.js';
import { asRefusal, NO_BARS } from './open-columns.js';
import { refuseTimes } from './possible-times.js';
import type { StampDetail } from './read-settled.js';

/** What a layout's reader found in a file's place and its sidecar. */
export interface ColumnFacts {
  readonly layout: string;
  readonly symbol: string | undefined;
  /** As the old tool calls it. */
  readonly timeframe: string;
  readonly provider: string | undefined;
  readonly companions: readonly string[];
  readonly confidence: number;
  /** When the old tool says it last wrote the file; else when the file was. */
  readonly written?: number | undefined;
}

/** Stocks are older than coins. */
const FIRST_QUOTE = Date.UTC(1800, 0, 1);
const SAMPLE = 500;

/** Holds a typed file that lies where a layout's files lie against what it contains; its zone by who wrote it. */
export async function claimColumns(candidate: Candidate, facts: ColumnFacts): Promise<Claim | Refused> {
  const { layout } = facts;
  const provider = nameProvider(facts.provider);
  if (provider.synthetic)
    return { layout, code: 'SYNTHETIC', reason: `its prices were made up (${facts.provider}), not traded` };
  const symbol = checkSymbol(facts.symbol);
  if (typeof symbol !== 'string') return { layout, ...symbol };
  const timeframe = parseTimeframe(facts.timeframe);
  if (timeframe === undefined)
    return { layout, code: 'UNSURE', reason: `${facts.timeframe} is no timeframe that Almanac keeps` };
  try {
    const look = await lookAt(candidate, findBarColumns);
    if (look === undefined) return { layout, ...NO_BARS };
    const { map, time } = look;
    if (time.length === 0) return { layout, code: 'EMPTY', reason: 'it has no rows' };
    const impossible = refuseTimes(layout, time, FIRST_QUOTE);
    if (impossible !== undefined) return impossible;
    const rows = Array.from(time.subarray(0, SAMPLE), (at) => sampleRow(at, map.wall));
    const written = facts.written ?? candidate.modified;
    const stamps = findStampPolicy({ symbol, timeframe, provider, written, rows });
    const detail: StampDetail = { stamps: stamps.policy, wall: map.wall };
    return {
      layout,
      path: candidate.path,
      confidence: stamps.policy.zone === undefined ? Math.min(0.5, facts.confidence) : facts.confidence,
      symbol,
      timeframe,
      provider: provider.name,
      zone: stamps.zone,
      derived: provider.derived,
      companions: facts.companions,
      notes: [...stamps.notes, ...describeDropped(map)],
      zoneNote: stamps.zoneNote,
      detail,
    };
  } catch (error) {
    return asRefusal(layout, error);
  }
}

/** A time as a text file would have it, for the policy that both kinds of file share. */
function sampleRow(time: number, wall: boolean) {
  const stamp = Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '';
  return { stamp: wall ? stamp.slice(0, -1) : stamp, time, close: Number.NaN, volume: Number.NaN };
}
