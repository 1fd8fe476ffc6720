import { AlmanacError } from '../../market/almanac-error.js';
import { parseSize } from './read-size.js';

/** `2MB/s`, `500k`, `1.5 MiB/s` as bytes a second. */
export function readBandwidth(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = parseSize(text.replace(/(?:\/s|ps)\s*$/i, ''));
  if (rate !== undefined && rate >= 1024) return rate;
  throw new AlmanacError(
    'USAGE',
    `--max-bandwidth ${JSON.stringify(text)} is not a rate of at least 1 KiB/s; write 2MB/s or 500kB/s`,
  );
}
