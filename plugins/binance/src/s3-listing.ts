/** One page of a bucket's listing (S3 ListObjects, version 1). */
export interface S3Page {
  readonly files: readonly S3File[];
  /** The folders below the prefix, whole, with their final slash. */
  readonly folders: readonly string[];
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined;
}

export interface S3File {
  readonly key: string;
  readonly bytes?: number;
  /** Without its quotation marks. */
  readonly etag?: string;
}

/** The text is no listing: what about it. */
class ListingError extends Error {
  override readonly name = 'ListingError';
}

const MOST_MARKUP = 4 * 2 ** 20;

/**
 * Reads the few elements that matter. The root has a `<Prefix>` of its own that echoes the question, so what belongs
 * to files and folders is cut out first, and only the rest is searched for the root's own members.
 */
export function readListing(xml: string): S3Page {
  if (xml.length > MOST_MARKUP) throw new ListingError('it is longer than any page can be');
  const whole = between(xml, '<ListBucketResult', '</ListBucketResult>', 0);
  if (whole === undefined) throw new ListingError('it is not a whole ListBucketResult');
  const contents = cutOut(whole.inside, 'Contents');
  const prefixes = cutOut(contents.rest, 'CommonPrefixes');
  const files = contents.parts.map(readFile);
  const folders = prefixes.parts.map((part) => required(part, 'Prefix'));
  if (member(prefixes.rest, 'IsTruncated') !== 'true') return { files, folders, next: undefined };
  // The next marker is given only where a delimiter was sent; otherwise it is the last name on the page.
  const last = [files.at(-1)?.key, folders.at(-1)].filter((name) => name !== undefined).sort();
  const next = member(prefixes.rest, 'NextMarker') || last.at(-1);
  if (next === undefined) throw new ListingError('it says that there is more, and not where');
  return { files, folders, next };
}

function readFile(part: string): S3File {
  const size = member(part, 'Size') ?? '';
  const etag = member(part, 'ETag')?.replace(/^"|"$/g, '');
  return {
    key: required(part, 'Key'),
    ...(/^\d{1,15}$/.test(size) ? { bytes: Number(size) } : {}),
    ...(etag ? { etag } : {}),
  };
}

function required(part: string, name: string): string {
  const text = member(part, name);
  if (!text) throw new ListingError(`an entry has no ${name}`);
  return text;
}

/** The text of the first such element, which has no elements in it; undefined where there is none. */
function member(xml: string, name: string): string | undefined {
  const found = between(xml, `<${name}>`, `</${name}>`, 0);
  return found === undefined ? undefined : decode(found.inside.trim());
}

function cutOut(xml: string, name: string): { readonly parts: readonly string[]; readonly rest: string } {
  const parts: string[] = [];
  const rest: string[] = [];
  let at = 0;
  for (let found = between(xml, `<${name}>`, `</${name}>`, at); found; ) {
    rest.push(xml.slice(at, found.from));
    parts.push(found.inside);
    at = found.to;
    found = between(xml, `<${name}>`, `</${name}>`, at);
  }
  return { parts, rest: rest.join('') + xml.slice(at) };
}

function between(xml: string, open: string, close: string, at: number) {
  const from = xml.indexOf(open, at);
  if (from < 0) return undefined;
  const to = xml.indexOf(close, from + open.length);
  if (to < 0) throw new ListingError(`${open} is not closed`);
  return { from, inside: xml.slice(from + open.length, to), to: to + close.length };
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
