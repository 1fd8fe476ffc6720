import { once } from 'node:events';
import { hasCode } from '../../market/almanac-error.js';

type Chunks = AsyncIterable<string | Uint8Array>;

/** Everything to stdout at the pace of whoever reads it; a reader who goes away (`| head`) ends it quietly. */
export async function printChunks(
  chunks: Chunks,
  stream: NodeJS.WritableStream & { destroyed?: boolean } = process.stdout,
) {
  try {
    for await (const chunk of chunks) {
      if (stream.destroyed === true) return;
      if (!stream.write(chunk)) await drained(stream);
    }
  } catch (error) {
    if (!hasCode(error, 'EPIPE')) throw error;
  }
}

async function drained(stream: NodeJS.WritableStream): Promise<void> {
  const waiting = new AbortController();
  try {
    await Promise.race([once(stream, 'drain', waiting), once(stream, 'close', waiting)]);
  } finally {
    waiting.abort();
  }
}
