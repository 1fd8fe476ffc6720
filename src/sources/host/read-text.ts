import type { MakeHostError } from './host-error.js';

/** All of it as UTF-8, strictly: a reply in another encoding, or with broken characters, is not guessed at. */
export async function readText(chunks: AsyncIterable<Uint8Array>, host: string, error: MakeHostError): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw error('MALFORMED', `${host} sent text that is not UTF-8`);
  }
}
