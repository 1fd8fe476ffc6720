import type { MakeHostError } from '../host-error.js';

/** All of it as UTF-8, strictly: a reply in another encoding, or with broken characters, is not guessed at. */
export async function readText(chunks: AsyncIterable<Uint8Array>, host: string, error: MakeHostError): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  const decode = (chunk?: Uint8Array): void => {
    try {
      parts.push(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    } catch {
      throw error('MALFORMED', `${host} sent text that is not UTF-8`);
    }
  };
  // Piece by piece, so that the bytes need not stay until the text is whole.
  for await (const chunk of chunks) decode(chunk);
  decode();
  return parts.join('');
}
