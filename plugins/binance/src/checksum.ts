import type { Checksum } from 'almanac/provider';

/** `<sha256>  <name>`, with or without a line feed, with or without the star that marks binary mode. */
const VOUCHER = /^([0-9a-f]{64})\s+\*?(\S+)/;

/**
 * What a file's `.CHECKSUM` says of it. One that cannot be read, or that vouches for a file of another name, vouches
 * for nothing: that is a mismatch, and not the same as having none.
 */
export function compare(actual: string, voucher: string | undefined, name: string): Checksum {
  if (voucher === undefined) return { checksum: 'missing', actual };
  const [, expected, of] = VOUCHER.exec(voucher) ?? [];
  if (expected === undefined) return { checksum: 'mismatch', actual };
  return { checksum: expected === actual && of === name ? 'verified' : 'mismatch', expected, actual };
}
