import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** A reader by somebody who has the page, a JSON parser, inflate and SHA-256; it refuses whatever the page does not allow. */
export function readAsStranger(
  file: Buffer,
  // biome-ignore lint/suspicious/noExplicitAny: the document is read as a stranger would
  document: any,
): { readonly text: string; readonly rows: readonly number[][] } {
  const refuse = (what: string): never => {
    throw new Error(what);
  };
  const { self, ...rest } = document;
  if (sha256(JSON.stringify(sorted(rest))) !== self) refuse('self');
  if (file.length !== rest.file.bytes || sha256(file) !== rest.file.sha256) refuse('file');
  let text = gunzipSync(file.subarray(0, rest.file.headerBytes)).toString();
  if (text !== `${rest.columns.join(',')}\n`) refuse('header');
  for (const { offset, length, ...block } of rest.blocks) {
    const member = file.subarray(offset, offset + length);
    if (sha256(member) !== block.sha256) refuse(block.period);
    const part = gunzipSync(member).toString();
    if (sha256(part) !== block.textSha256 || part.split('\n').length - 1 !== block.rows) refuse(block.period);
    text += part;
  }
  const lines = text.split('\n').slice(1, -1);
  const rows = lines.map((line) => {
    const [stamp = '', ...cells] = line.split(',');
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000)\d{3})?Z$/.test(stamp)) refuse(stamp);
    if (!cells.every((cell) => /^(-?(0|[1-9]\d*)(\.\d*[1-9])?)?$/.test(cell))) refuse(line);
    return [Date.parse(stamp), ...cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)))];
  });
  if (rows.some(([time], i) => i > 0 && !((time as number) > (rows[i - 1]?.[0] as number)))) refuse('order');
  if (rows.length !== rest.rows) refuse('rows');
  return { text, rows };
}
