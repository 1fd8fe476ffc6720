import type { WireReply } from '../serve-http.js';
import type { Bakery } from './bakery.js';
import type { Series } from './series.js';
import { walkTree } from './tree.js';

const MOST = 1000;

/** S3's first way of listing: at most a thousand names, then a marker to go on from. */
export async function answerListing(
  series: readonly Series[],
  bakery: Bakery,
  now: number,
  params: URLSearchParams,
): Promise<WireReply> {
  const prefix = params.get('prefix') ?? '';
  const delimiter = params.get('delimiter') ?? '';
  const marker = params.get('marker') ?? '';
  const most = Math.min(MOST, Number(params.get('max-keys') ?? MOST) || MOST);
  const contents: string[] = [];
  const folders: string[] = [];
  let last = '';
  let truncated = false;
  for (const item of walkTree(series, now, prefix, delimiter, marker)) {
    if (contents.length + folders.length === most) {
      truncated = true;
      break;
    }
    if ('folder' in item) {
      folders.push(`<CommonPrefixes><Prefix>${escapeXml(item.folder)}</Prefix></CommonPrefixes>`);
      last = item.folder;
      continue;
    }
    const baked = await bakery.bake(item.file, item.ending);
    if (baked === undefined) continue;
    const modified = new Date(baked.modified).toISOString();
    contents.push(
      `<Contents><Key>${escapeXml(item.key)}</Key><LastModified>${modified}</LastModified><ETag>${escapeXml(baked.etag)}</ETag><Size>${baked.bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    );
    last = item.key;
  }
  const next = truncated && delimiter !== '' ? `<NextMarker>${escapeXml(last)}</NextMarker>` : '';
  const delimited = delimiter === '' ? '' : `<Delimiter>${escapeXml(delimiter)}</Delimiter>`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>data.binance.vision</Name><Prefix>${escapeXml(prefix)}</Prefix><Marker>${escapeXml(marker)}</Marker>${next}<MaxKeys>${most}</MaxKeys>${delimited}<IsTruncated>${truncated}</IsTruncated>${contents.join('')}${folders.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml', server: 'AmazonS3' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
