import { serveHttp, type WireAsk, type WireReply } from '../serve-http.js';
import type { ServerParts, WireServer } from '../server.js';
import { answerListing } from './answer-listing.js';
import { openBakery } from './bakery.js';
import { createQuirks, type Quirks } from './quirks.js';
import { listSeries } from './series.js';
import { findKey } from './tree.js';

export interface ArchiveOptions {
  readonly quirks?: Quirks;
}

/** Bulk files and their listing, which have two hosts in life and one address here. */
export async function startBinanceArchive(parts: ServerParts & ArchiveOptions): Promise<WireServer> {
  const series = listSeries(parts.market);
  const bakery = openBakery(parts.market, parts.quirks ?? createQuirks());

  const answer = async ({ method, url, headers }: WireAsk): Promise<WireReply> => {
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: {}, body: '' };
    const path = decodeURIComponent(url.pathname).slice(1);
    if (path === '' || path === 'data.binance.vision') {
      return answerListing(series, bakery, parts.now(), url.searchParams);
    }
    const key = findKey(series, parts.now(), path);
    const baked = key && (await bakery.bake(key.file, key.ending));
    if (baked === undefined) return refuse(path);
    const known = {
      etag: baked.etag,
      'last-modified': new Date(baked.modified).toUTCString(),
      'accept-ranges': 'bytes',
      server: 'AmazonS3',
      'x-cache': 'Miss from cloudfront',
    };
    if (headers['if-none-match'] === baked.etag) return { status: 304, headers: known, body: '' };
    const type = path.endsWith('.zip') ? 'application/zip' : 'binary/octet-stream';
    return cut(baked.bytes, headers.range, { ...known, 'content-type': type });
  };

  return serveHttp('binance-archive', parts, answer);
}

function cut(bytes: Buffer, range: string | undefined, headers: Readonly<Record<string, string>>): WireReply {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return { status: 200, headers, body: bytes };
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  if (start >= end) {
    return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` }, body: '' };
  }
  const span = { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` };
  return { status: 206, headers: { ...headers, ...span }, body: bytes.subarray(start, end) };
}

function refuse(path: string): WireReply {
  const key = path.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>${key}</Key><RequestId>SANDBOX</RequestId><HostId>sandbox</HostId></Error>`;
  return { status: 404, headers: { 'content-type': 'application/xml', server: 'AmazonS3' }, body, note: 'NoSuchKey' };
}
