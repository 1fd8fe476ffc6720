import type { Bars } from '../../market/bars.js';
import { blockSpan } from '../../market/block.js';
import { readSpan } from '../files/whole-file.js';
import type { Sidecar } from '../sidecar/sidecar.js';
import { BlockError, decodeUnindexed, ForeignError } from '../year/block.js';
import { textBlocks } from '../year/text-blocks.js';
import { type Finding, findingOf } from './finding.js';
import type { YearSubject } from './year-subject.js';

/** Whether the sidecar is whole, speaks of this year, and fits the file beside it. */
export async function judgeSidecar(subject: YearSubject): Promise<Finding[]> {
  const { opened, parsed, sidecarPath, dataPath } = subject;
  if (opened === undefined) return judgeWithoutData(subject);
  if (opened.sidecar === undefined) return judgeUnindexed(subject);
  if (opened.state === 'damaged')
    return [findingOf(dataPath, 'sidecar', 'salvage', `${opened.reason ?? 'it does not fit its sidecar'}`)];
  const inPlace = parsed?.state === 'sound' && parsed.sidecar.generation === opened.sidecar.generation;
  if (inPlace) return judgeTotals(subject);
  const detail = 'a writer died after it had published the data and before the sidecar, which still lies beside';
  return [findingOf(sidecarPath, 'sidecar', 'roll-forward', detail)];
}

function judgeWithoutData({ parsed, sidecarPath }: YearSubject): Finding[] {
  if (parsed === undefined) return [];
  const detail = 'its data file is gone';
  return [findingOf(sidecarPath, 'orphan', parsed.state === 'sound' ? 'salvage' : 'quarantine', detail)];
}

async function judgeUnindexed(subject: YearSubject): Promise<Finding[]> {
  const { opened, parsed, sidecarPath, dataPath, year } = subject;
  if (opened === undefined) return [];
  subject.broken = true;
  const state = parsed?.state;
  const misfit = state === 'sound' || (state === 'bad' && parsed?.state === 'bad' && isAnothers(parsed.reason));
  const detail =
    state === undefined
      ? 'the sidecar is missing'
      : parsed?.state === 'bad'
        ? parsed.reason
        : 'the data file beside it is not the one it describes';
  const findings: Finding[] = [];
  let readable = true;
  try {
    const bars = await decodeUnindexed(await readSpan(opened.file, 0, opened.bytes), year);
    if (parsed?.state === 'sound' && isSameText(subject, bars, parsed.sidecar))
      return [findingOf(dataPath, 'sidecar', 'rebuild', 'it was compressed anew: the same text in other bytes')];
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    if (error instanceof ForeignError)
      return [findingOf(dataPath, 'foreign', 'none', `it is not a year-file: ${error.message}; it is left alone`)];
    readable = false;
    findings.push(
      findingOf(dataPath, 'rows', 'salvage', `without its sidecar it is read as a whole, and ${error.message}`),
    );
  }
  return [findingOf(sidecarPath, 'sidecar', readable && !misfit ? 'rebuild' : 'salvage', detail), ...findings];
}

/** Every block of the sidecar, and no other. */
function isSameText({ timeframe }: YearSubject, bars: Bars, sidecar: Sidecar): boolean {
  const blocks = textBlocks(bars, blockSpan(timeframe), sidecar);
  return blocks.length === sidecar.blocks.length && blocks.every(({ same }) => same);
}

function isAnothers(reason: string): boolean {
  return reason.startsWith('it is the sidecar of ');
}

/** What follows from the blocks must say the same as they do. */
function judgeTotals({ opened, sidecarPath }: YearSubject): Finding[] {
  const sidecar = opened?.sidecar;
  if (sidecar === undefined) return [];
  const { blocks, file } = sidecar;
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  let end = file.headerBytes;
  let ordered = true;
  for (const [i, block] of blocks.entries()) {
    ordered &&= block.offset === end && (i === 0 || (blocks[i - 1]?.period ?? '') < block.period);
    end += block.length;
  }
  const wrong =
    rows !== sidecar.rows
      ? `it says ${sidecar.rows} rows, and its blocks have ${rows}`
      : sidecar.first !== blocks[0]?.first || sidecar.last !== blocks.at(-1)?.last
        ? 'its first or last bar is not that of its blocks'
        : !ordered || end !== file.bytes
          ? 'its blocks do not lie one behind another'
          : undefined;
  return wrong === undefined ? [] : [findingOf(sidecarPath, 'sidecar', 'rebuild', wrong)];
}
