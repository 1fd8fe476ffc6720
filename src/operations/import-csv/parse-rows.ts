import { Readable } from 'node:stream';
import { AlmanacError } from '../../market/almanac-error.js';

/** Rows of cells with the number of the line each began on. */
export async function* parseRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<{ readonly line: number; readonly cells: readonly string[] }> {
  const { parse } = await import('fast-csv');
  // Empty lines are rows to the parser here, so that lines can be counted.
  const parser = parse<string[], string[]>({ headers: false, delimiter, ignoreEmpty: false, trim: false });
  const source = Readable.from(text, { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  let line = 1;
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) {
      if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
      line += 1 + cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
    }
  } catch (error) {
    if ((error as { code?: string }).code !== undefined) throw error;
    throw new AlmanacError(
      'BARS_INVALID',
      `the text around line ${line} is not CSV: a quote is not closed or in a wrong place`,
      {
        cause: error,
      },
    );
  }
}
