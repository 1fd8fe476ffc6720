import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';
import { parseTimeframe } from '../../market/timeframe.js';
import { nameProvider } from '../name-provider.js';
import type { Candidate, Claim, Refused } from '../reader.js';
import { checkMonth, holdsDays } from './check-spacing.js';
import { emptyFalseVolume } from './false-volume.js';
import { lookAtTable, type Table } from './look-at-table.js';
import type { LinePlan } from './parse-columns.js';
import { findStampPolicy, type StampPolicy } from './stamp-policy.js';

/** What a layout's reader found in a file's place and its sidecar. */
export interface TableFacts {
  readonly layout: string;
  /** As the old tool calls them. */
  readonly symbol: string | undefined;
  readonly timeframe: string;
  readonly provider: string | undefined;
  readonly companions: readonly string[];
  readonly confidence: number;
  /** When the old tool says it last wrote the file; else when the file was. */
  readonly written?: number | undefined;
  readonly derived?: boolean;
  readonly sha256?: string | undefined;
  readonly notes?: readonly string[];
  /** Days carry an hour that means nothing. */
  readonly dateOnly?: boolean;
  /** The year in the file's name. */
  readonly year?: number | undefined;
}

/** What a table's reader remembers until it reads. */
export interface TableDetail {
  readonly plan: LinePlan;
  readonly stamps: StampPolicy;
  readonly dateOnly: boolean;
  readonly year: number | undefined;
}

/** No market kept books before, and none does yet: 56971 is what microseconds are when read as milliseconds. */
const POSSIBLE = [Date.UTC(1800, 0, 1), Date.UTC(2200, 0, 1)] as const;

/** Holds a file that lies where a layout's files lie against what it contains. */
export function claimTable(candidate: Candidate, facts: TableFacts, table = lookAt(candidate)): Claim | Refused {
  const { layout } = facts;
  const refuse = (code: Refused['code'], reason: string): Refused => ({ layout, code, reason });
  const provider = nameProvider(facts.provider);
  if (provider.synthetic)
    return refuse('SYNTHETIC', `its sidecar says that its prices were made up (${facts.provider}), not traded`);
  if (candidate.magic === 'zstd') return refuse('UNREADABLE', 'it is packed with zstd: unpack it with `zstd -d` first');
  if (candidate.head === '')
    return refuse('UNREADABLE', candidate.fault ?? 'its name promises text, and it holds none');
  if (table === undefined) return refuse('NOT_BARS', `its columns are not those of bars: ${firstLine(candidate.head)}`);
  const { rows } = table;
  if (rows.length === 0 && isCut(candidate.head))
    return refuse('UNREADABLE', 'its only row is cut: the line has no end');
  if (rows.length === 0) return refuse('EMPTY', 'it has a header and no rows');
  const symbol = checkSymbol(facts.symbol);
  if (typeof symbol !== 'string') return { layout, ...symbol };
  const named = parseTimeframe(facts.timeframe);
  if (named === undefined) return refuse('UNSURE', `${facts.timeframe} is no timeframe that Almanac keeps`);
  if ((named === 'ticks') !== table.plan.columns.includes('price'))
    return refuse('MISLABELLED', `it lies in ${facts.timeframe}, and its columns are ${table.plan.columns.join(', ')}`);
  if (rows.every(({ time }) => !(time >= POSSIBLE[0] && time < POSSIBLE[1])))
    return refuse('TIMES_IMPOSSIBLE', `no market has the times it has: ${JSON.stringify(rows[0]?.stamp.slice(0, 40))}`);
  const { timeframe, notes: spacing } = checkMonth(named, rows);
  if (holdsDays(timeframe, rows))
    return refuse('MISLABELLED', `it lies in ${facts.timeframe} and its bars are a day apart or more`);
  const written = facts.written ?? candidate.modified;
  const stamps = findStampPolicy({ symbol, timeframe, provider, written, rows });
  const plan = emptyFalseVolume(table, provider);
  const notes = [...(facts.notes ?? []), ...spacing, ...stamps.notes];
  const strays = rows.filter(({ time }) => facts.year !== undefined && new Date(time).getUTCFullYear() !== facts.year);
  if (strays.length > 0)
    notes.push(
      `${strays.length} of its first ${rows.length} rows are not of ${facts.year}: they go where their times say`,
    );
  if (plan !== table.plan) notes.push("its volume is the adjusted close, by the old tool's mistake: it is left empty");
  if (table.dropped.length > 0) notes.push(`columns that are not taken: ${table.dropped.join(', ')}`);
  const detail: TableDetail = {
    plan,
    stamps: stamps.policy,
    dateOnly: facts.dateOnly === true && stamps.policy.dates,
    year: facts.year,
  };
  return {
    layout,
    path: candidate.path,
    confidence: stamps.policy.zone === undefined ? Math.min(0.5, facts.confidence) : facts.confidence,
    symbol,
    timeframe,
    provider: provider.name,
    zone: stamps.zone,
    derived: facts.derived ?? provider.derived,
    companions: facts.companions,
    sha256: facts.sha256,
    notes,
    zoneNote: stamps.zoneNote,
    detail,
  };
}

function lookAt({ head }: Candidate): Table | undefined {
  return lookAtTable(head, head.endsWith('\n'));
}

/** There is more behind the last line that ends. */
function isCut(head: string): boolean {
  const end = head.lastIndexOf('\n') + 1;
  return end > 0 && head.slice(end).trim() !== '';
}

export function checkSymbol(symbol: string | undefined): string | Omit<Refused, 'layout'> {
  if (symbol === undefined)
    return { code: 'NO_SYMBOL', reason: 'no folder names its symbol: give the folder that holds the symbols' };
  try {
    return parseSymbol(symbol).symbol;
  } catch (error) {
    if (error instanceof AlmanacError) return { code: 'NO_SYMBOL', reason: error.message };
    throw error;
  }
}

function firstLine(text: string): string {
  return JSON.stringify(text.slice(0, 80).split(/\r?\n/)[0]);
}
