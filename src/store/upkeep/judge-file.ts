import { inflateMember } from '../codec/gzip-block.js';
import { headerText } from '../codec/write-text.js';
import { hashOpen } from '../commit/hash-file.js';
import { readSpan } from '../files/whole-file.js';
import { type Finding, findingOf } from './finding.js';
import type { YearSubject } from './year-subject.js';

/** The first member, which is no block's, and yet every other tool begins with it. */
export async function judgeHeader(subject: YearSubject): Promise<Finding[]> {
  const { opened, dataPath } = subject;
  const sidecar = opened?.sidecar;
  if (opened === undefined || sidecar === undefined || subject.broken) return [];
  const bytes = await readSpan(opened.file, 0, sidecar.file.headerBytes);
  const text = bytes.length < 20 ? undefined : await inflateMember(bytes).catch(() => undefined);
  if (text !== undefined && Buffer.from(text).equals(headerText(sidecar.columns.slice(1)))) return [];
  return [findingOf(dataPath, 'rows', 'salvage', 'its header line cannot be read', 'header')];
}

/** The whole file against its hash, where nothing smaller was found: bytes that belong to no block. */
export async function judgeWholeFile(subject: YearSubject): Promise<Finding[]> {
  const { opened, dataPath } = subject;
  if (opened?.sidecar === undefined || subject.broken) return [];
  if ((await hashOpen(opened.file)) === opened.sidecar.file.sha256) return [];
  const detail = 'its sha256 does not match, though every block does: the header or bytes between blocks are damaged';
  return [findingOf(dataPath, 'hash', 'salvage', detail)];
}
