import { AlmanacError } from '../../market/almanac-error.js';
import { EXIT } from '../exit-codes.js';
import { canAsk, confirm } from '../input/confirm.js';
import { formatBytes, formatCount } from '../terminal/format.js';
import type { View } from '../terminal/view.js';
import type { CleanupFacts, OutcomeFacts, QuarantineFacts } from './cleanup.js';
import { renderCleanup, renderQuarantine } from './cleanup-tables.js';

/** Shows what was found and done, and says what to type next; the exit status is its result. */
export function showCleanup(facts: CleanupFacts, seconds: number, view: View): number {
  const { report, findings, acted, left } = facts;
  const { told } = view;
  for (const step of report?.steps ?? []) told.debug('step', { ...step });
  if (findings.length > 0 || (report?.quarantine.length ?? 0) > 0) view.print(renderCleanup(facts, view.out));
  if (report !== undefined) told.info(describeReading(report, seconds));
  if (acted === undefined) {
    if (findings.length === 0) {
      told.info('Nothing was found.');
      return EXIT.done;
    }
    const open = findings.filter(({ action }) => action !== 'none').length;
    told.info(`${countOf(findings.length, 'finding')}, ${open === 0 ? 'none' : formatCount(open)} to act on.`);
    if (open > 0) told.info('Next: almanac cache cleanup --cleanup');
    return EXIT.findings;
  }
  const into = acted.quarantined === 0 ? '' : `, ${formatCount(acted.quarantined)} put into quarantine`;
  told.info(acted.repaired === 0 ? 'Nothing had to be mended.' : `${formatCount(acted.repaired)} mended${into}.`);
  for (const command of fetchAgain(acted.outcomes)) told.info(`Next: ${command}`);
  if (left.length === 0) return EXIT.done;
  told.warn(`${countOf(left.length, 'finding')} left as they are.`);
  for (const { finding, note } of left.slice(0, 5)) told.warn(`${finding.path}: ${note ?? finding.detail}`);
  return EXIT.partial;
}

/** A line for each thing that was done. */
export function describeOutcome({ finding, outcome, note }: OutcomeFacts): string {
  if (note !== undefined) return outcome === 'repaired' ? note : `${finding.path}: ${note}`;
  const word = {
    repaired: 'mended',
    sound: 'was sound already',
    changed: 'has changed',
    failed: 'failed',
    kept: 'kept',
  };
  return `${finding.path}: ${word[outcome]}`;
}

function describeReading(report: NonNullable<CleanupFacts['report']>, seconds: number): string {
  const total = (key: 'blocks' | 'rows') => formatCount(report.series.reduce((sum, each) => sum + each[key], 0));
  const of = report.sample === undefined ? '' : ` of ${formatCount(report.sample.of)}`;
  if (report.series.length === 0 && report.sample === undefined)
    return 'No series is kept here yet: almanac cache populate --help';
  return `Read ${total('blocks')}${of} blocks, ${total('rows')} rows of ${formatCount(report.series.length)} series in ${seconds.toFixed(1)} s.`;
}

/** What was lost is missing now: the commands that fetch it again, a few of them. */
function fetchAgain(outcomes: readonly OutcomeFacts[]): string[] {
  const intervals = new Map<string, Set<string>>();
  for (const { finding, lost } of outcomes) {
    const { symbol, interval } = finding;
    if (lost === undefined || lost.length === 0 || symbol === undefined || interval === undefined) continue;
    intervals.set(interval, (intervals.get(interval) ?? new Set()).add(symbol));
  }
  return [...intervals].map(
    ([interval, symbols]) => `almanac cache populate --symbols ${[...symbols].join(',')} --intervals ${interval}`,
  );
}

/** Shows what a purge would delete and asks; where nobody can be asked, `--yes` must have said so. */
export async function approvePurge(
  items: readonly QuarantineFacts[],
  { yes, age, signal }: { readonly yes: boolean; readonly age: string; readonly signal: AbortSignal },
  view: View,
): Promise<boolean> {
  if (items.length === 0) return true;
  view.print(renderQuarantine(items, view.out));
  if (yes) return true;
  const bytes = formatBytes(items.reduce((sum, each) => sum + each.bytes, 0));
  const what = `${countOf(items.length, 'item')} of the quarantine (${bytes})`;
  if (canAsk(view.json)) return confirm(`Delete ${what} for good?`, signal);
  throw new AlmanacError('USAGE', `${what} would be deleted for good, and nobody can be asked`, {
    suggestions: [`almanac cache cleanup --purge-quarantine --older-than ${age} --yes`],
  });
}

function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
