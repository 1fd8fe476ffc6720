import type { LegacyReader } from '../../legacy/reader.js';
import type { SourceTree } from '../../legacy/source-tree.js';
import { AlmanacError } from '../../market/almanac-error.js';
import type { Timeframe } from '../../market/timeframe.js';
import type { ChecksumRegistry } from '../../store/checksums/open-registry.js';
import type { Store } from '../../store/face.js';
import { type AssumedZones, chooseZone, nameZone, noteZone } from './choose-zone.js';
import type { Candidacy } from './file-progress.js';
import { countStored, isStillThere, recallSource } from './find-done.js';
import { type ImportedFailures, importFailures } from './import-failures.js';
import { type Journal, type JournalEntry, writeEntry } from './journal.js';
import { migrateSeries, type SeriesOutcome } from './migrate-series.js';
import { type SourceFilter, scanSources } from './scan-sources.js';
import type { Refusal, Source } from './source.js';
import { isRefusal, type Survey, surveySource } from './survey-source.js';

export interface MigrateTools {
  readonly tree: SourceTree;
  readonly readers: readonly LegacyReader[];
  readonly store: Store;
  readonly journal: Journal;
  readonly registry: ChecksumRegistry;
  /** The data clock: what has not closed by then is no bar. */
  readonly now: number;
  /** A calendar the settings name for a symbol. */
  readonly calendarOf?: (symbol: string) => string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly report?: (event: MigrateEvent) => void;
  readonly mostCells?: number;
}

export interface MigrateOptions {
  readonly dryRun: boolean;
  readonly filter: SourceFilter;
  readonly zones: AssumedZones;
}

export type MigrateEvent =
  | { readonly kind: 'scanned'; readonly files: number }
  | { readonly kind: 'surveyed'; readonly files: number; readonly of: number; readonly path: string }
  | { readonly kind: 'series'; readonly outcome: SeriesOutcome; readonly done: number; readonly of: number };

export interface MigrateReport {
  readonly series: readonly SeriesOutcome[];
  readonly refused: readonly Refusal[];
  readonly foreign: readonly string[];
  readonly failures: readonly ImportedFailures[];
}

/** Everything in a tree that is bars, into the cache: looked at, read, copied, proved and written down. */
export async function migrate(tools: MigrateTools, options: MigrateOptions): Promise<MigrateReport> {
  const { tree, readers, signal, report } = tools;
  const scanned = await scanSources(tree, readers, options.filter, signal);
  assertSomething(scanned, options.filter);
  report?.({ kind: 'scanned', files: scanned.sources.length });
  const journal = await tools.journal.read();
  const refused: Refusal[] = [...scanned.refusals];
  const found: { readonly source: Source; readonly survey: Survey; readonly known: boolean }[] = [];
  for (const [at, { claim, reader }] of scanned.sources.entries()) {
    signal?.throwIfAborted();
    const source = { claim: noteZone(claim, options.zones), reader };
    const known = await recallSource(source, tree, options.zones, journal);
    const zone = chooseZone(source.claim, options.zones);
    const survey = known ?? (await surveySource(source, tree, { zone, now: tools.now, signal }));
    if (isRefusal(survey)) refused.push(survey);
    else found.push({ source, survey, known: known !== undefined });
    report?.({ kind: 'surveyed', files: at + 1, of: scanned.sources.length, path: source.claim.path });
  }
  const groups = groupBySeries(found);
  const series: SeriesOutcome[] = [];
  for (const group of groups) {
    const outcome = await migrateGroup(group, tools, options);
    series.push(outcome);
    report?.({ kind: 'series', outcome, done: series.length, of: groups.length });
  }
  const failures: ImportedFailures[] = [];
  for (const path of scanned.registries)
    failures.push(await importFailures(path, tree, tools.registry, options.dryRun));
  refused.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { series, refused, foreign: scanned.foreign, failures };
}

interface Group {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly files: readonly { readonly source: Source; readonly survey: Survey; readonly known: boolean }[];
}

async function migrateGroup({ symbol, timeframe, files }: Group, tools: MigrateTools, options: MigrateOptions) {
  const { tree, store, now, signal, mostCells } = tools;
  const series = store.series(symbol, timeframe);
  const stored = files.some(({ known }) => known) ? await countStored(series) : new Map<string, number>();
  const candidacies = files.map(
    ({ source, survey, known }): Candidacy => ({ source, survey, done: known && isStillThere(survey, stored) }),
  );
  const calendar = tools.calendarOf?.(symbol);
  const { zones, dryRun } = options;
  const outcome = await migrateSeries({
    ...{ series, tree, candidacies, zones, dryRun, now, signal, mostCells },
    options: calendar === undefined ? {} : { calendar },
  });
  const proved = outcome.files.filter(({ state }) => state === 'proved');
  const entries = new Map<string, JournalEntry>();
  for (const { source, survey } of proved)
    entries.set(source.claim.path, writeEntry(source.claim, survey, nameZone(source.claim, zones)));
  await tools.journal.add(entries);
  return outcome;
}

function groupBySeries(found: Group['files']): Group[] {
  const groups = new Map<string, { symbol: string; timeframe: Timeframe; files: Group['files'][number][] }>();
  for (const file of found) {
    const { symbol, timeframe } = file.source.claim;
    const key = `${symbol} ${timeframe}`;
    const group = groups.get(key) ?? { symbol, timeframe, files: [] };
    group.files.push(file);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function assertSomething(
  { sources, refusals, layouts, foreign, registries }: Awaited<ReturnType<typeof scanSources>>,
  { layouts: wanted }: SourceFilter,
): void {
  const odd = wanted?.find((layout) => !layouts.includes(layout));
  if (odd !== undefined && layouts.length > 0 && sources.length === 0) {
    throw new AlmanacError(
      'USAGE',
      `nothing there has the layout ${JSON.stringify(odd)}; found: ${layouts.join(', ')}`,
    );
  }
  if (
    sources.length > 0 ||
    registries.length > 0 ||
    refusals.some(({ code }) => code !== 'NOT_BARS' && code !== 'LEFTOVER' && code !== 'LINK')
  )
    return;
  if (layouts.length > 0) {
    throw new AlmanacError('USAGE', `nothing there is of the symbols and intervals asked for`, {
      suggestions: ['the same line with --dry-run and no filter'],
    });
  }
  const links = refusals.filter(({ code }) => code === 'LINK').length;
  const files = foreign.length + refusals.length - links;
  throw new AlmanacError(
    'USAGE',
    `none of the ${files} files there is a cache file that is known here: year-files in CSV, Arrow, Feather, Parquet, downloaded archives and JSON were looked for`,
    {
      suggestions: [
        ...(links === 0 ? [] : ['--from the folder that the links there lead to: they are not followed']),
        'almanac cache import FILE SYMBOL INTERVAL, for a single CSV file',
      ],
    },
  );
}
