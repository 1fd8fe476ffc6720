import { AlmanacError } from '../../market/almanac-error.js';

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
  t: 1e12,
  tb: 1e12,
  tib: 1024 ** 4,
};

/** `10GB`, `500k`, `1.5 MiB` in bytes; undefined where it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? '?'];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}

/** `--max-size 10GB` in bytes, or an error that says how to write one. */
export function readSize(flag: string, text: string): number {
  const size = parseSize(text);
  if (size !== undefined) return size;
  throw new AlmanacError('USAGE', `${flag} ${JSON.stringify(text)} is not a size; write 10GB, 500MB or 2GiB`, {
    suggestions: [`${flag} 10GB`],
  });
}
