import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/**
 * Where each piece of a built file begins, and which line of its source it comes from. Lines that nothing was built
 * from, types and comments, are in no piece: they are no lines of code, and nobody gets credit for them.
 */
export function readPieces(built) {
  const code = readFileSync(built, 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(`${built}.map`, 'utf8')));
  const pieces = [];
  let start = 0;
  for (const [row, text] of code.split('\n').entries()) {
    for (let column = 0; column < text.length; column++) {
      const { generatedLine, generatedColumn, originalLine } = map.findEntry(row, column);
      if (generatedLine !== row || generatedColumn !== column || originalLine === undefined) continue;
      pieces.push({ at: start + column, line: originalLine + 1 });
    }
    start += text.length + 1;
  }
  return pieces.filter(({ at }) => !/[\s})\];,]/.test(code[at] ?? ' '));
}

/** Lines of the source of which any piece was executed, after what V8 says of one process. */
export function linesRun(pieces, functions) {
  const lines = new Set();
  // Inner ranges follow outer ones, and the last that holds a place is the one that counts.
  const ranges = functions
    .flatMap((each) => each.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { at, line } of pieces) {
    const inmost = ranges.findLast((range) => range.startOffset <= at && at < range.endOffset);
    if (inmost !== undefined && inmost.count > 0) lines.add(line);
  }
  return lines;
}
