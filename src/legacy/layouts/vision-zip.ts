import { createHash } from 'node:crypto';
import type { Bars } from '../../market/bars.js';
import { openZip } from '../packing/open-zip.js';
import { type Candidate, type Claim, LegacyError, type LegacyReader, type ReadOptions } from '../reader.js';
import { decodeText } from '../sniff.js';
import type { SourceTree } from '../source-tree.js';
import { claimTable } from '../text/claim-table.js';
import { lookAtTable } from '../text/look-at-table.js';
import { openText, readPieces } from '../text/open-text.js';
import { readTableOf } from '../text/read-table.js';
import { parseVisionName } from './vision-name.js';
import { companionsOf } from './year-name.js';

const LAYOUT = 'vision-zip';
const HEAD = 64 * 1024;

/** Monthly and daily files of Binance's archive as people download them; unzipped ones too. */
export const visionZip: LegacyReader = {
  async recognise(candidate) {
    const named = parseVisionName(candidate.segments);
    const { magic, fault } = candidate;
    if (named === undefined || (magic !== 'zip' && candidate.head === '' && fault === undefined)) return undefined;
    if ('code' in named) return { ...named, layout: LAYOUT };
    if (fault !== undefined) return { layout: LAYOUT, code: 'UNREADABLE', reason: fault };
    const head = magic === 'zip' ? await peek(candidate) : candidate.head;
    if (typeof head !== 'string') return { layout: LAYOUT, code: head.code, reason: head.message };
    const table = lookAtTable(head, head.endsWith('\n') || (magic === 'zip' && head.length < 60 * 1024));
    const market = named.market ?? (table?.header ? 'um' : 'spot');
    const name = candidate.segments.at(-1) as string;
    const checksum = `${name}.CHECKSUM`;
    return claimTable(
      { ...candidate, head },
      {
        layout: LAYOUT,
        symbol: market === 'spot' ? named.ticker : `${named.ticker}@${market}`,
        timeframe: named.interval,
        provider: 'binance',
        companions: companionsOf(candidate.path, candidate.beside, checksum),
        confidence: named.market === undefined ? 0.8 : 1,
        sha256: candidate.beside.has(checksum) ? await readChecksum(candidate) : undefined,
        notes: named.market === undefined ? [guessOf(market)] : [],
      },
      table,
    );
  },
  read: readRows,
};

function guessOf(market: string): string {
  return market === 'spot'
    ? 'no folder says which market it is of: taken for spot'
    : 'no folder says which market it is of: it has a header, as files of USDⓈ-M futures have, and is taken for them';
}

async function peek(candidate: Candidate): Promise<string | LegacyError> {
  const file = await candidate.tree.open(candidate.path);
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of (await openZip(file)).read()) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD) break;
    }
    return decodeText(Buffer.concat(pieces).subarray(0, HEAD)) ?? '';
  } catch (error) {
    if (error instanceof LegacyError) return error;
    throw error;
  } finally {
    await file.close();
  }
}

/** `<sha256>  <name>`, as the archive publishes it; anything else vouches for nothing. */
async function readChecksum({ tree, path }: Candidate): Promise<string | undefined> {
  const file = await tree.open(`${path}.CHECKSUM`);
  try {
    const text = new TextDecoder().decode(await file.read(0, 1024));
    return /\b[0-9a-f]{64}\b/i.exec(text)?.[0].toLowerCase();
  } finally {
    await file.close();
  }
}

async function* readRows(claim: Claim, tree: SourceTree, options: ReadOptions): AsyncGenerator<Bars> {
  const file = await tree.open(claim.path);
  try {
    if (claim.sha256 !== undefined) {
      const hash = createHash('sha256');
      for await (const piece of readPieces(file, options.signal)) hash.update(piece);
      if (hash.digest('hex') !== claim.sha256)
        throw new LegacyError('UNREADABLE', 'its bytes are not those its .CHECKSUM is of: download it again');
    }
    const [first, second] = await file.read(0, 2);
    const isZip = first === 0x50 && second === 0x4b;
    const text = isZip ? (await openZip(file)).read(options.signal) : openText(tree, claim.path, options.signal);
    // A zip knows how long its text is; what lies unzipped may have been cut.
    yield* readTableOf(text, claim, options, isZip ? undefined : () => options.onLeftOut?.('cut'));
  } finally {
    await file.close();
  }
}
