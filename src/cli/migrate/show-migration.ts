import { formatCount } from '../terminal/format.js';
import { cleanText, cutCells } from '../terminal/text.js';
import type { View } from '../terminal/view.js';
import {
  count,
  describeConflicts,
  describeNotes,
  describePassedOver,
  describeRefused,
  describeTotals,
  describeUnsure,
  describeZones,
} from './migrate-summary.js';
import { listMigrated } from './migrate-tables.js';
import { type Migrated, type MigratedSeries, sumOf } from './migrated.js';

type Event =
  | { readonly kind: 'scanned'; readonly files: number }
  | { readonly kind: 'surveyed'; readonly files: number; readonly of: number; readonly path: string }
  | {
      readonly kind: 'series';
      readonly outcome: Omit<MigratedSeries, 'files'> & { readonly files: readonly { readonly state: string }[] };
      readonly done: number;
      readonly of: number;
    };

const EVERY_MS = 100;

/** One line that changes on a terminal, a line for each finished series elsewhere. */
export function watchMigration({ err, quiet, told, logFormat }: View, dryRun: boolean) {
  const live = err.redraws && !quiet && logFormat !== 'json';
  let drawn = 0;
  const draw = (text: string, always = false): void => {
    const now = performance.now();
    if (!live || (!always && now - drawn < EVERY_MS)) return;
    drawn = now;
    process.stderr.write(`\r\u001b[K${cutCells(cleanText(text), err.width - 1)}`);
  };
  return {
    report(event: Event): void {
      if (event.kind === 'scanned') draw(`Reading ${count(event.files, 'file')}`, true);
      else if (event.kind === 'surveyed')
        draw(`Reading ${formatCount(event.files)} of ${count(event.of, 'file')}: ${event.path}`);
      else {
        const { symbol, timeframe, files, added, error } = event.outcome;
        const done = files.every(({ state }) => state === 'already');
        const rows = `${formatCount(added)} rows ${dryRun ? 'to copy' : 'copied and proved'}`;
        const what = error?.message ?? (done ? 'copied before' : rows);
        const line = `${symbol} ${timeframe}: ${count(files.length, 'file')}, ${what}`;
        draw(`${formatCount(event.done)} of ${formatCount(event.of)} series; ${line}`);
        if (!live) told.info(line);
      }
    },
    end: (): void => {
      if (live) process.stderr.write('\r\u001b[K');
    },
  };
}

interface Shown {
  readonly from: string;
  readonly cache: string;
  readonly dryRun: boolean;
  /** The command as it was typed, without `--dry-run`. */
  readonly command: string;
}

/** Everything a person should know of what was found and done, and what to type next. */
export function showMigration(report: Migrated, { from, cache, dryRun, command }: Shown, view: View): void {
  const { series, refused, foreign, failures } = report;
  if (series.length > 0) view.print(listMigrated(series, view.out));
  if (view.out.live) view.print(['']);
  const { told } = view;
  for (const each of series) {
    if (each.error !== undefined) told.warn(`${each.symbol} ${each.timeframe}: ${each.error.message}`);
    for (const file of each.files)
      if (file.state === 'failed' && each.error === undefined)
        told.warn(`${cleanText(file.source.claim.path)}: ${file.reason ?? 'it was not proved'}`);
    for (const text of each.warnings) told.warn(`${each.symbol} ${each.timeframe}: ${text}`);
  }
  const say = (lines: readonly string[]): void => {
    for (const line of lines) told.info(line);
  };
  const warn = (lines: readonly string[]): void => {
    if (lines.length > 0) told.warn(lines.join('\n'));
  };
  warn(describeConflicts(series));
  say(describeNotes(series));
  say(describeUnsure(series));
  say(describeZones(series));
  warn(describeRefused(refused, view.err));
  say(describePassedOver(refused));
  if (foreign.length > 0) told.info(`Left alone: ${count(foreign.length, 'file')} that nothing here knows.`);
  for (const { path, added, records } of failures)
    told.info(`${cleanText(path)}: ${count(records, 'checksum failure')}, ${formatCount(added)} new to the registry.`);
  told.info(`${from} into ${cache}: ${describeTotals(report, dryRun)}`);
  const added = sumOf(series, (each) => each.added);
  if (dryRun) told.info(`Nothing was written. To do it: ${command}`);
  else if (added > 0) told.info('Next: almanac cache validate-gaps');
}
