import type { HttpRequest } from 'almanac/provider';
import type { Options } from './options.js';

/** One GET of their API. A key goes into a header, or into `secretQuery`: never into the URL, which is shown. */
export function requestOf(
  path: string,
  query: Readonly<Record<string, string | number>>,
  { url, apiKey }: Options,
): HttpRequest {
  const target = new URL(path, url);
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, String(value));
  return apiKey === undefined ? { url: target } : { url: target, headers: { 'x-api-key': apiKey } };
}
