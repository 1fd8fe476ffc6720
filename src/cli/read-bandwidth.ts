import { AlmanacError } from '../market/almanac-error.js';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
};

/** `2MB/s`, `500k`, `1.5 MiB/s` as bytes a second. */
export function readBandwidth(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*?)(?:\/s|ps)?\s*$/i.exec(text);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? '?'];
  const rate = Number(match?.[1]) * (unit ?? Number.NaN);
  if (rate >= 1024) return rate;
  throw new AlmanacError(
    'USAGE',
    `--max-bandwidth ${JSON.stringify(text)} is not a rate of at least 1 KiB/s; write 2MB/s or 500kB/s`,
  );
}
