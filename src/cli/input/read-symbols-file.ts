import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';
import { parseTimeframe, type Timeframe } from '../../market/timeframe.js';
import { parseStart } from './date-range.js';
import { openInput } from './open-input.js';
import { parseRows } from './parse-rows.js';
import { readSymbolsHeader, type SymbolsColumns } from './symbols-columns.js';

/** One symbol of a symbols file, with what the file says of it. */
export interface ListedSymbol {
  readonly symbol: string;
  /** Its line in the file. */
  readonly line: number;
  readonly earliest?: number;
  readonly timeframes?: readonly Timeframe[];
}

/** A list of symbols is small; what is larger than this is another file that was named by mistake. */
const MOST_BYTES = 16 * 1024 * 1024;
const MAIN_MARKETS = ['', 'spot', 'cash', 'main', 'crypto', 'stock', 'stocks', 'equity', 'fx', 'forex', 'index'];
/** As files and exchanges write the two futures markets. */
const FUTURES: readonly (readonly [RegExp, string])[] = [
  [/^(futures[/_-]um|usd[st]?-?m)$/, 'um'],
  [/^(futures[/_-]cm|coin-?m)$/, 'cm'],
];

/** Every symbol of the file, or the first thing that is wrong with it in one sentence. */
export async function readSymbolsFile(file: string): Promise<ListedSymbol[]> {
  return parseSymbolsFile(await readText(file), file === '-' ? 'stdin' : file);
}

export async function parseSymbolsFile(text: string, file: string): Promise<ListedSymbol[]> {
  const refuseAt = (line: number) => (reason: string) =>
    new AlmanacError('USAGE', `line ${line} of ${file}: ${reason}`);
  const rows = (await parseRows(text, file)).filter(({ cells }) => !cells[0]?.trim().startsWith('#'));
  const [head, ...rest] = rows;
  const columns = head && readSymbolsHeader(head.cells, refuseAt(head.line));
  const listed = (columns === undefined ? rows : rest).map(({ line, cells }) =>
    readRow(cells, columns ?? { width: 1, symbol: 0 }, line, refuseAt(line)),
  );
  if (listed.length === 0) throw new AlmanacError('USAGE', `${file} names no symbol`);
  return listed;
}

type Refuse = (reason: string) => AlmanacError;

function readRow(cells: readonly string[], columns: SymbolsColumns, line: number, refuse: Refuse): ListedSymbol {
  if (cells.length !== columns.width && cells.slice(columns.width).some((cell) => cell.trim() !== ''))
    throw refuse(`it has ${cells.length} cells, and ${columns.width} ${columns.width === 1 ? 'was' : 'were'} wanted`);
  const at = (index: number | undefined): string => (index === undefined ? '' : (cells[index] ?? '').trim());
  const name = at(columns.symbol);
  if (name === '') throw refuse('it has no symbol');
  const earliest = at(columns.earliest);
  const intervals = at(columns.intervals)
    .split(/[\s;|,]+/)
    .filter((text) => text !== '');
  return {
    symbol: joinMarket(name, at(columns.market), refuse),
    line,
    ...(earliest === '' ? {} : { earliest: readEarliest(earliest, refuse) }),
    ...(intervals.length === 0 ? {} : { timeframes: intervals.map((text) => readTimeframe(text, refuse)) }),
  };
}

function joinMarket(name: string, market: string, refuse: Refuse): string {
  const word = market.toLowerCase();
  const suffix = MAIN_MARKETS.includes(word)
    ? undefined
    : (FUTURES.find(([pattern]) => pattern.test(word))?.[1] ?? word);
  if (suffix !== undefined && !/^[a-z]{1,12}$/.test(suffix))
    throw refuse(`${JSON.stringify(market)} is not a market; spot, um and cm are`);
  try {
    const parsed = parseSymbol(name);
    if (suffix === undefined || parsed.market === suffix) return name;
    if (parsed.market !== undefined) throw refuse(`${name} is not of market ${market}`);
    return parseSymbol(`${name}@${suffix}`).symbol;
  } catch (error) {
    if (error instanceof AlmanacError && error.code === 'SYMBOL_REFUSED') throw refuse(error.message);
    throw error;
  }
}

function readEarliest(text: string, refuse: Refuse): number {
  const instant = parseStart(text);
  if (instant === undefined) throw refuse(`earliest_date ${JSON.stringify(text)} is not a date such as 2017-08-17`);
  return instant;
}

function readTimeframe(text: string, refuse: Refuse): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === undefined) throw refuse(`${JSON.stringify(text)} is not an interval`);
  return timeframe;
}

async function readText(file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of await openInput(file)) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new AlmanacError('USAGE', `${file} is too large to be a list of symbols`);
    chunks.push(chunk);
  }
  try {
    // The decoder drops the byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AlmanacError('USAGE', `${file} is not text in UTF-8, and a list of symbols was wanted`);
  }
}
