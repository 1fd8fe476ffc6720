import { createHash } from 'node:crypto';
import { formatInstant } from '../../market/instant.js';
import { parseTimeframe, type Timeframe } from '../../market/timeframe.js';
import type { BarColumns } from '../columns/bar-columns.js';
import type { ColumnFile } from '../columns/column-file.js';
import { lookAt } from '../columns/look.js';
import { asRefusal, isColumnar } from '../columns/open-columns.js';
import { refuseTimes } from '../columns/possible-times.js';
import { readBars } from '../columns/read-bars.js';
import type { Candidate, LegacyReader, Refused } from '../reader.js';

const LAYOUT = 'deriv-months';
const PATH =
  /(?:^|\/)(?<symbol>\w{2,30})\/(?:ticks|candles_(?<seconds>\d{2,5}))\/(?<year>\d{4})-(?<month>0[1-9]|1[0-2])\.[a-z]+$/;
const PRICES = ['open', 'high', 'low', 'close'] as const;
const HOUR = 3_600_000;

interface Place {
  readonly symbol: string;
  /** Undefined for ticks. */
  readonly seconds: number | undefined;
  readonly month: { readonly start: number; readonly end: number } | undefined;
}

interface Sidecar {
  readonly name: string;
  readonly symbol?: unknown;
  readonly data_type?: unknown;
  readonly granularity?: unknown;
  readonly sha256?: unknown;
}

/** Deriv's ticks and candles, a Parquet file a month: times are seconds, and candles have no volume that was traded. */
export const derivMonths: LegacyReader = {
  async recognise(candidate) {
    if (!isColumnar(candidate.magic)) return undefined;
    const sidecar = await readSidecar(candidate);
    const place = placeOf(candidate.path) ?? placeOfSidecar(sidecar);
    if (place === undefined) return undefined;
    try {
      return await claim(candidate, place, sidecar);
    } catch (error) {
      return asRefusal(LAYOUT, error);
    }
  },
  async *read(claim, tree, { signal }) {
    const find = (file: ColumnFile): Columns => requireColumns(file, claim.timeframe === 'ticks');
    yield* readBars(tree, claim.path, find, signal);
  },
};

async function claim(candidate: Candidate, { symbol, seconds, month }: Place, sidecar: Sidecar | undefined) {
  const timeframe = timeframeOf(seconds);
  // The last row of a month may be the next one's first, so all are looked at.
  const look = await lookAt(candidate, (file) => findColumns(file, seconds === undefined), true);
  if (look === undefined) return undefined;
  if (timeframe === undefined) return refuse('UNSURE', `bars of ${seconds} s are no timeframe that Almanac keeps`);
  const { time } = look;
  if (time.length === 0) return refuse('EMPTY', 'it has no rows');
  const impossible = refuseTimes(LAYOUT, time);
  if (impossible !== undefined) return impossible;
  const stated = typeof sidecar?.sha256 === 'string' ? sidecar.sha256.toLowerCase() : undefined;
  const changed = stated !== undefined && stated !== (await hash(candidate));
  const folder = candidate.path.slice(0, -(candidate.segments.at(-1) as string).length);
  return {
    layout: LAYOUT,
    path: candidate.path,
    confidence: changed ? 0.7 : 1,
    symbol,
    timeframe,
    provider: 'deriv',
    zone: { kind: 'stated' },
    derived: false,
    companions: sidecar === undefined ? [] : [`${folder}${sidecar.name}`],
    sha256: changed ? undefined : stated,
    notes: [
      ...(changed ? ['its sidecar states another sha256: one of the two was written without the other'] : []),
      ...(month === undefined ? [] : noteEdges(time, month)),
      ...(look.map.filler ? ['its volume is a filler and is left out'] : []),
    ],
  } as const;
}

function refuse(code: Refused['code'], reason: string): Refused {
  return { layout: LAYOUT, code, reason };
}

/** What an old version lost at a month's beginning, and what lies in the next month's file too. */
function noteEdges(time: Float64Array, { start, end }: { readonly start: number; readonly end: number }): string[] {
  const first = time.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const beyond = time.filter((at) => at < start || at >= end).length;
  const notes: string[] = [];
  if (first - start >= HOUR)
    notes.push(`it begins at ${formatInstant(first)}: an old version may have overwritten what came before`);
  if (beyond > 0) notes.push(`${beyond} of its rows lie outside the month in its name`);
  return notes;
}

interface Columns extends BarColumns {
  readonly filler: boolean;
}

/** By name: their order is that of the reply they came in. */
function findColumns({ fields }: ColumnFile, ticks: boolean): Columns | undefined {
  const known = new Set(fields.filter(({ kind }) => kind !== 'other').map(({ name }) => name));
  const names = ticks ? ['quote'] : PRICES;
  if (!known.has('epoch') || !names.every((name) => known.has(name))) return undefined;
  const columns = ticks ? ['price'] : PRICES;
  return { time: 'epoch', wall: false, names, columns, dropped: [], filler: known.has('volume') };
}

function requireColumns(file: ColumnFile, ticks: boolean): Columns {
  const map = findColumns(file, ticks);
  if (map === undefined) throw new Error('its columns are not those that were seen before');
  return map;
}

function placeOf(path: string): Place | undefined {
  const groups = PATH.exec(path)?.groups;
  if (groups === undefined) return undefined;
  const [year, month] = [Number(groups.year), Number(groups.month)];
  return {
    symbol: groups.symbol as string,
    seconds: groups.seconds === undefined ? undefined : Number(groups.seconds),
    month: { start: Date.UTC(year, month - 1), end: Date.UTC(year, month) },
  };
}

/** The oldest version let people name files as they liked: only the sidecar says what they are. */
function placeOfSidecar(sidecar: Sidecar | undefined): Place | undefined {
  const { symbol, data_type, granularity } = sidecar ?? {};
  if (typeof symbol !== 'string' || (data_type !== 'ticks' && data_type !== 'candles')) return undefined;
  return { symbol, seconds: data_type === 'ticks' ? undefined : Number(granularity), month: undefined };
}

async function readSidecar({ segments, beside, document }: Candidate): Promise<Sidecar | undefined> {
  const name = `${(segments.at(-1) as string).replace(/\.[^.]*$/, '')}.metadata.json`;
  if (!beside.has(name)) return undefined;
  const content = await document(name);
  return { ...(typeof content === 'object' ? content : undefined), name };
}

function timeframeOf(seconds: number | undefined): Timeframe | undefined {
  if (seconds === undefined) return 'ticks';
  const minutes = seconds / 60;
  if (minutes % 1440 === 0) return parseTimeframe(`${minutes / 1440}d`);
  return parseTimeframe(minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`);
}

const PIECE = 1 << 20;

async function hash({ tree, path }: Candidate): Promise<string> {
  const file = await tree.open(path);
  try {
    const sum = createHash('sha256');
    for (let at = 0; at < file.bytes; at += PIECE) sum.update(await file.read(at, PIECE));
    return sum.digest('hex');
  } finally {
    await file.close();
  }
}
