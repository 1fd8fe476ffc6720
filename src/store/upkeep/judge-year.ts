import path from 'node:path';
import { hasCode } from '../../market/almanac-error.js';
import type { FilePort } from '../files/file-port.js';
import { asUnreadable } from '../files/unreadable.js';
import { dataName, sidecarName } from '../layout.js';
import { openYear, readSidecar } from '../year/open-year.js';
import { type Finding, findingOf } from './finding.js';
import { unreadableFinding } from './judge-unreadable.js';
import type { SeriesOnDisk } from './walk-cache.js';
import {
  type BlockSubject,
  describeBlock,
  describeYear,
  type Seen,
  seeFiles,
  type YearSubject,
} from './year-subject.js';

export interface YearStep {
  readonly name: string;
  judge(subject: YearSubject): Promise<Finding[]>;
}

export interface BlockStep {
  readonly name: string;
  judge(block: BlockSubject): Promise<Finding[]>;
}

/** Those of the year before its blocks, those of each block until one finds something, those of the year after. */
export interface YearSteps {
  readonly before: readonly YearStep[];
  readonly blocks: readonly BlockStep[];
  readonly after: readonly YearStep[];
}

export interface JudgeOptions {
  /** Only these blocks are read; all where nothing is said. */
  readonly periods?: ReadonlySet<string> | undefined;
  readonly measure?: (<T>(step: string, run: () => Promise<T>) => Promise<T>) | undefined;
}

export interface JudgedYear {
  readonly findings: readonly Finding[];
  readonly blocks: number;
  readonly rows: number;
  readonly bytes: number;
  /** The files as they were when they were judged. */
  readonly seen: readonly Seen[];
}

/** Blocks read ahead: enough to keep the thread pool busy while this thread parses. */
const AHEAD = 4;
const TRIES = 5;
const PAUSE_MS = 25;

/**
 * Judges a year without a lock. Somebody may write it meanwhile: what looks wrong is believed only where the files were
 * the same after as before.
 */
export async function judgeYear(
  files: FilePort,
  series: SeriesOnDisk,
  year: number,
  steps: YearSteps,
  options: JudgeOptions = {},
): Promise<JudgedYear> {
  try {
    return await judgeReadable(files, series, year, steps, options);
  } catch (error) {
    const unreadable = asUnreadable(error, path.join(series.folder, dataName(year)));
    if (unreadable === undefined) throw error;
    return { findings: [unreadableFinding(series.cache, unreadable)], blocks: 0, rows: 0, bytes: 0, seen: [] };
  }
}

async function judgeReadable(
  files: FilePort,
  series: SeriesOnDisk,
  year: number,
  steps: YearSteps,
  options: JudgeOptions,
): Promise<JudgedYear> {
  const see = () => seeFiles(files, series.folder, [dataName(year), sidecarName(year)]);
  for (let attempt = 1; ; attempt++) {
    const seen = await see();
    const judged = await judgeOnce(files, series, year, steps, options);
    if (judged.findings.length === 0 || attempt >= TRIES) return { ...judged, seen };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (JSON.stringify(await see()) === JSON.stringify(seen)) return { ...judged, seen };
  }
}

async function judgeOnce(
  files: FilePort,
  series: SeriesOnDisk,
  year: number,
  steps: YearSteps,
  { periods, measure = (_, run) => run() }: JudgeOptions,
): Promise<Omit<JudgedYear, 'seen'>> {
  const findings: Finding[] = [];
  const opened = await openYear(files, series.folder, year).catch((error: unknown) => {
    if (!hasCode(error, 'STORE_NEWER')) throw error;
    const detail = 'it is of a newer format than this program knows, and is left alone';
    findings.push(findingOf(`${series.path}/${sidecarName(year)}`, 'sidecar', 'none', detail));
    return undefined;
  });
  if (findings.length > 0) return { findings, blocks: 0, rows: 0, bytes: 0 };
  try {
    const subject = describeYear(files, series, year, opened, await readSidecar(files, series.folder, year));
    const judge = async (step: YearStep): Promise<void> => {
      const found = await measure(step.name, () => step.judge(subject));
      findings.push(...found);
      if (found.some(({ action }) => action !== 'none' && action !== 'roll-forward')) subject.broken = true;
    };
    for (const step of steps.before) await judge(step);
    const entries = (opened?.sidecar?.blocks ?? []).filter(({ period }) => periods?.has(period) ?? true);
    const blocks =
      opened?.sidecar === undefined
        ? []
        : entries.map((entry) => describeBlock(subject, opened.sidecar as never, opened.file, entry));
    let rows = 0;
    for (const [i, block] of blocks.entries()) {
      for (const next of blocks.slice(i, i + AHEAD))
        if (next.entry.length >= 20) void next.inflate().catch(() => undefined);
      const found = await judgeBlock(block, steps.blocks, measure);
      findings.push(...found);
      if (found.some(({ action }) => action !== 'none')) subject.broken = true;
      else rows += block.entry.rows;
      block.release();
    }
    for (const step of steps.after) await judge(step);
    return { findings, blocks: blocks.length, rows, bytes: entries.reduce((sum, { length }) => sum + length, 0) };
  } finally {
    await opened?.file.close();
  }
}

async function judgeBlock(
  block: BlockSubject,
  steps: readonly BlockStep[],
  measure: NonNullable<JudgeOptions['measure']>,
): Promise<Finding[]> {
  for (const step of steps) {
    const found = await measure(step.name, () => step.judge(block));
    if (found.length > 0) return found;
  }
  return [];
}
