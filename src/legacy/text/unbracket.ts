const OPEN = 91;
const CLOSE = 93;
const NEWLINE = 10;

/** `[[1,2],[3,4]]` as lines of cells, without reading a number: what stands between two rows is dropped. */
export async function* unbracket(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let depth = 0;
  for await (const piece of pieces) {
    const out = Buffer.allocUnsafe(piece.length);
    let length = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at] as number;
      if (byte === OPEN) depth++;
      else if (byte === CLOSE) {
        if (depth === 2) out[length++] = NEWLINE;
        depth--;
      } else if (depth === 2 && byte > 32) out[length++] = byte;
    }
    yield out.subarray(0, length);
  }
}
