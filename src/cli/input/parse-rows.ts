import { AlmanacError } from '../../market/almanac-error.js';

export interface CsvRow {
  /** The number of the line it begins on. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of a short CSV text that say anything at all; `name` is what an error calls the text. */
export async function parseRows(text: string, name: string): Promise<CsvRow[]> {
  const { parseString } = await import('fast-csv');
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const delimiter = delimiterOf(lines);
  // Empty lines are rows to the parser here, so that lines can be counted.
  const parse = (part: string): AsyncIterable<string[]> =>
    parseString<string[], string[]>(part, { headers: false, delimiter, ignoreEmpty: false });
  const rows: CsvRow[] = [];
  let line = 1;
  try {
    for await (const cells of parse(lines)) {
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
      line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
    }
    return rows;
  } catch (cause) {
    const bad = await findBadLine(lines, parse);
    throw new AlmanacError('USAGE', `line ${bad} of ${name}: a quote is not closed or in a wrong place`, { cause });
  }
}

/** The header decides: spreadsheets of some countries write semicolons, and those also stand between intervals. */
function delimiterOf(text: string): string {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  return [',', ';', '\t', '|'].find((each) => first.includes(each)) ?? ',';
}

/** The parser fails before it has given the rows above, so each row is tried alone. */
async function findBadLine(text: string, parse: (part: string) => AsyncIterable<string[]>): Promise<number> {
  const lines = text.split('\n');
  for (let at = 0, end = 0; at < lines.length; at = end) {
    // A row goes on over lines until its quotes are paired.
    for (let quotes = 0; end < lines.length && (end === at || quotes % 2 === 1); end++)
      quotes += (lines[end] as string).split('"').length - 1;
    try {
      for await (const _ of parse(lines.slice(at, end).join('\n')));
    } catch {
      return at + 1;
    }
  }
  return lines.length;
}
