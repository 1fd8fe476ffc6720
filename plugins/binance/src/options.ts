import { z } from 'zod';

const ARCHIVE_URL = 'https://data.binance.vision';
const ARCHIVE_LIST_URL = 'https://s3-ap-northeast-1.amazonaws.com/data.binance.vision';

/** Roots only: paths are added to them, so a final slash is taken off here once. */
const root = (fallback: string) =>
  z
    .url({ protocol: /^https?$/ })
    .default(fallback)
    .transform((url) => url.replace(/\/+$/, ''));

export const options = z.strictObject({
  restUrl: root('https://api.binance.com'),
  futuresUrl: root('https://fapi.binance.com'),
  coinFuturesUrl: root('https://dapi.binance.com'),
  archiveUrl: root(ARCHIVE_URL),
  archiveListUrl: root(ARCHIVE_LIST_URL),
});

export type Options = Readonly<z.infer<typeof options>>;

/**
 * Whom to ask for listings. Settings fill in every default before they come here, so a list address that is still
 * the shipped one beside an archive that is not was never chosen: a mirror lists its own files.
 */
export function listUrlOf({ archiveUrl, archiveListUrl }: Options): string {
  return archiveUrl !== ARCHIVE_URL && archiveListUrl === ARCHIVE_LIST_URL ? archiveUrl : archiveListUrl;
}
