import { findArchiveSample, readFile, showFile, showReading } from '../ask-archive.js';
import { codeOf } from '../coded.js';
import type { Rule } from '../rule.js';
import { showError, showRow, showTime } from '../show.js';
import { NotTried } from '../verdict.js';
import { makeReply, readWhole, type Tamper } from '../watched-transport.js';

/** Real files hold a few rows of their neighbours; a file in another unit, or of another month, holds nothing else. */
const STRAYS = 0.05;

export const archivePeriod: Rule = {
  id: 'archive-period',
  name: 'a bulk file is read to its end, and its rows lie in its own period',
  async find(lab) {
    const { file, run } = await findArchiveSample(lab);
    if (run.thrown !== undefined || run.reading?.state !== 'read')
      return { reason: `reading an undamaged file, it ${showReading(run)}`, evidence: [showFile(file)] };
    const outside = run.rows.filter(({ time }) => !(time >= file.start && time < file.end));
    if (run.rows.length > 0 && outside.length <= run.rows.length * STRAYS) return undefined;
    const [first] = outside;
    if (first === undefined)
      return { reason: 'a bulk file is there, and it gives no rows', evidence: [showFile(file)] };
    const period = `[${showTime(file.start)}, ${showTime(file.end)})`;
    const reason = `${outside.length} of ${run.rows.length} rows of ${file.name} lie outside ${period}`;
    return { reason, evidence: [showRow(first), showFile(file)] };
  },
};

export const archiveAbsent: Rule = {
  id: 'archive-absent',
  name: 'a bulk file that is not there is absent; one that cannot be had is an error',
  async find(lab) {
    const { file } = await findArchiveSample(lab);
    const answer = (status: number): Tamper => {
      return async () => makeReply(status, status === 404 ? '<Code>NoSuchKey</Code>' : '');
    };
    const missing = await readFile(lab, file, 'require', answer(404));
    if (missing.reading?.state !== 'absent')
      return { reason: `met with status 404 for a file, it ${showReading(missing)}`, evidence: [showFile(file)] };
    for (const status of [500, 403]) {
      const failing = await readFile(lab, file, 'require', answer(status));
      if (failing.thrown !== undefined) continue;
      const reason = `met with status ${status} for a file, it ${showReading(failing)}: that is a failure, not an absence`;
      return { reason, evidence: [showFile(file)] };
    }
    return undefined;
  },
};

export const archiveMismatch: Rule = {
  id: 'archive-mismatch',
  name: 'a bulk file that is not what its checksum vouches for is refused where that is required',
  async find(lab) {
    const { file, run } = await findArchiveSample(lab);
    if (run.reading?.state === 'read' && run.reading.checksum === 'missing')
      throw new NotTried('its files have no checksum');
    const changed = await readFile(lab, file, 'require', spoilFile(flipOne));
    const refused = changed.reading?.state === 'mismatch';
    if (refused && changed.rows.length === 0) return undefined;
    const reason = `one byte of a file was changed, and it ${showReading(changed)}; that should be a mismatch`;
    return { reason, evidence: [...changed.rows.slice(0, 1).map(showRow), showFile(file)] };
  },
};

export const archiveWhole: Rule = {
  id: 'archive-whole',
  name: 'a damaged bulk file is an error with a code: part of it never passes for the whole',
  async find(lab) {
    const { file, run } = await findArchiveSample(lab);
    for (const [what, spoil] of DAMAGES) {
      // Without the checksum: where there is one, it finds damage first.
      const damaged = await readFile(lab, file, 'skip', spoilFile(spoil));
      if (damaged.thrown === undefined) {
        const reason = `given a file ${what}, it ${showReading(damaged)} of ${run.rows.length} as if that were all`;
        return { reason, evidence: [showFile(file)] };
      }
      if (codeOf(damaged.thrown) === undefined)
        return { reason: `given a file ${what}, it ${showError(damaged.thrown)}`, evidence: [showFile(file)] };
    }
    return undefined;
  },
};

type Spoil = (bytes: Buffer) => { readonly bytes: Buffer; readonly promised: number };

const DAMAGES: readonly (readonly [string, Spoil])[] = [
  // The length still promised is the only sign, where the form of the file has none.
  ['cut in the middle', (bytes) => ({ bytes: bytes.subarray(0, bytes.length >> 1), promised: bytes.length })],
  ['that is a page of HTML', () => promiseAll(Buffer.from('<html><body>Back soon</body></html>'))],
];

function spoilFile(spoil: Spoil): Tamper {
  return async (_index, send) => {
    const reply = await send();
    const { bytes, promised } = spoil(await readWhole(reply));
    return makeReply(reply.status, bytes, { ...reply.headers, 'content-length': String(promised) });
  };
}

function flipOne(bytes: Buffer): ReturnType<Spoil> {
  const middle = bytes.length >> 1;
  return promiseAll(Buffer.from(bytes.map((byte, i) => (i === middle ? byte ^ 1 : byte))));
}

function promiseAll(bytes: Buffer): ReturnType<Spoil> {
  return { bytes, promised: bytes.length };
}
