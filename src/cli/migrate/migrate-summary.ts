import { formatBytes, formatCount, formatMoment } from '../terminal/format.js';
import { hangText } from '../terminal/hang-text.js';
import { createPaint } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import { cleanText, padCells } from '../terminal/text.js';
import { count } from './count.js';
import { countLeftOut, totalOf } from './describe-left-out.js';
import { warnOfConflicts, warnOfRefused } from './migrate-warnings.js';
import { type Migrated, type MigratedFile, type MigratedSeries, type MovedFile, notesOf, sumOf } from './migrated.js';

const SHOWN = 3;
const CODE_WIDTH = 18;

/** `12 series in 340 files, 1,234,567 rows: 1,200,000 new, 34,567 there already or twice`. */
export function describeTotals({ series }: Pick<Migrated, 'series'>, dryRun: boolean): string {
  const files = series.flatMap((each) => each.files);
  const added = sumOf(series, (each) => each.added);
  const already = files.filter(({ state }) => state === 'already').length;
  const rows = sumOf(files, ({ survey }) => survey.admitted);
  const bytes = sumOf(files, ({ survey }) => survey.bytes);
  const what = `${formatCount(series.length)} series in ${count(files.length, 'file')} (${formatBytes(bytes)}), ${count(rows, 'row')}`;
  if (files.length > 0 && already === files.length)
    return `${what}: all of it was copied before, and nothing had to be done.`;
  const out = totalOf(countLeftOut(series));
  const left = out === 0 ? '' : `; ${formatCount(out)} more left out`;
  const known = already === 0 ? '' : `; ${count(already, 'file')} copied before`;
  const proof = dryRun ? '' : added === 0 ? '' : ', each read back and compared';
  return `${what}: ${formatCount(added)} ${dryRun ? 'to copy' : `copied${proof}`}${left}${known}.`;
}

/** Rows that differ, and who won, with examples. */
export function describeConflicts(series: readonly MigratedSeries[]): string[] {
  return series.flatMap((each) => [
    ...warnOfConflicts(each),
    ...each.clashes.map(({ time, column, kept, keptFrom, lost, lostFrom }) => {
      const loser = keptFrom === lostFrom ? 'another row' : cleanText(lostFrom);
      const winner = cleanText(keptFrom ?? 'the cache');
      return `  ${formatMoment(time)} ${column} ${kept} (${winner}) stays, ${lost} (${loser}) does not`;
    }),
  ]);
}

/** Files that were not taken, by reason, with the first few names. */
export function describeRefused(refused: Migrated['refused'], terminal: Terminal): string[] {
  const paint = createPaint(terminal.colour);
  const lost = refused.filter(({ loss }) => loss);
  const codes = [...new Set(lost.map(({ code }) => code))].sort();
  return [
    ...warnOfRefused(refused),
    ...codes.flatMap((code) => {
      const group = lost.filter((each) => each.code === code);
      const more = group.length > SHOWN ? [`    and ${formatCount(group.length - SHOWN)} more (--json names all)`] : [];
      return [
        `  ${paint.yellow(padCells(code, CODE_WIDTH))} ${count(group.length, 'file')}`,
        ...group.slice(0, SHOWN).map(({ path, reason }) => {
          const text = `${cleanText(path)}: ${cleanText(reason)}`;
          return `    ${terminal.live ? hangText(text, terminal.width, 6) : text}`;
        }),
        ...more,
      ];
    }),
  ];
}

/** Files that are no bars, and whose loss nobody feels. */
export function describePassedOver(refused: Migrated['refused']): string[] {
  const links = refused.filter(({ code }) => code === 'LINK');
  const harmless = refused.filter(({ loss }) => !loss).length - links.length;
  const names = links.slice(0, SHOWN).map(({ path }) => cleanText(path));
  if (links.length > SHOWN) names.push(`${formatCount(links.length - SHOWN)} more (--json names all)`);
  return [
    ...(harmless === 0
      ? []
      : [
          `Passed over: ${count(harmless, 'file or folder', 'files and folders')} of the old tools' own, empty or left over.`,
        ]),
    ...(links.length === 0
      ? []
      : [
          `Not followed: ${count(links.length, 'link or special file', 'links and special files')}: ${names.join(', ')}.`,
        ]),
  ];
}

/** Files whose bytes or whose place alone say what they are. */
export function describeUnsure(series: readonly MigratedSeries[]): string[] {
  const unsure = series.flatMap((each) => each.files).filter(({ source }) => source.claim.confidence < 0.8);
  const [first] = unsure;
  if (first === undefined) return [];
  const { path, layout } = first.source.claim;
  return [`Not quite sure of ${count(unsure.length, 'file')}, such as ${cleanText(path)}, taken for ${layout}.`];
}

/** What the stamps without a zone were taken for, so that a person can say otherwise. */
export function describeZones(series: readonly MigratedSeries[]): string[] {
  const zones = new Map<string, Set<string>>();
  for (const { source, zone } of series.flatMap((each) => each.files)) {
    if (zone === 'stated') continue;
    const { provider } = source.claim;
    zones.set(provider, (zones.get(provider) ?? new Set()).add(zone));
  }
  return [...zones].map(([provider, found]) => {
    const names = [...found].map((zone) => (zone === 'exchange' ? "the exchange's time" : zone)).join(' and ');
    return `Times of ${cleanText(provider)} without a zone were read as ${names} (--assume-tz ${cleanText(provider)}=ZONE says otherwise).`;
  });
}

/** What is to be said of single files, each thing once. */
export function describeNotes(series: readonly MigratedSeries[]): string[] {
  const notes = new Map<string, MigratedFile[]>();
  for (const file of series.flatMap((each) => each.files))
    for (const note of notesOf(file)) notes.set(note, [...(notes.get(note) ?? []), file]);
  return [...notes].map(([note, files]) => {
    const [{ source }] = files as [MigratedFile];
    const others = files.length === 1 ? '' : ` and ${formatCount(files.length - 1)} more`;
    return `${cleanText(source.claim.path)}${others}: ${cleanText(note)}`;
  });
}

export function describeMoved(moved: readonly MovedFile[], backup: string): string[] {
  const stayed = moved.filter(({ reason }) => reason !== undefined);
  return [
    `${count(moved.length - stayed.length, 'file')} moved to ${backup}.`,
    ...stayed.slice(0, SHOWN).map(({ path, reason }) => `  ${cleanText(path)} stays: ${cleanText(reason ?? '')}`),
    ...(stayed.length > SHOWN ? [`  and ${formatCount(stayed.length - SHOWN)} more stay (--json names all)`] : []),
  ];
}
