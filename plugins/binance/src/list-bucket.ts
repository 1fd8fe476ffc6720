import type { Context } from 'almanac/provider';
import { listUrlOf, type Options } from './options.js';
import { readListing, type S3Page } from './s3-listing.js';

/** What is directly below a prefix, a page of up to a thousand names at a time; `after` starts behind that name. */
export async function* listBucket(prefix: string, after: string, context: Context<Options>): AsyncGenerator<S3Page> {
  for (let marker = after; ; ) {
    context.signal.throwIfAborted();
    const url = new URL(listUrlOf(context.options));
    url.searchParams.set('delimiter', '/');
    url.searchParams.set('prefix', prefix);
    if (marker !== '') url.searchParams.set('marker', marker);
    const { text } = await context.http.text({ url, pool: 'archive', maxBytes: 4 * 2 ** 20 });
    const page = read(text, prefix, context);
    yield page;
    if (page.next === undefined) return;
    if (page.next <= marker) throw context.error('MALFORMED', `the listing of ${prefix} does not get on`);
    marker = page.next;
  }
}

function read(text: string, prefix: string, context: Context<Options>): S3Page {
  try {
    return readListing(text);
  } catch (cause) {
    throw context.error('MALFORMED', `the listing of ${prefix} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
