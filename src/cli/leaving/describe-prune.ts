import type { PruneRule } from '../input/read-prune-rule.js';
import { formatBytes, formatMoment } from '../terminal/format.js';
import type { Leaving } from './leaving.js';
import { describeLeaving } from './leaving-table.js';

const UNITS = { h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' } as const;

/** What the rule comes to: how much goes, and why not exactly what was typed. */
export function describePrune(rule: PruneRule, all: readonly Leaving[]): string[] {
  const what = `${describeRule(rule)}: ${all.length === 0 ? 'there is nothing to take' : describeLeaving(all)}.`;
  return [what, 'A block is a month, of ticks and 1s a day; what shares one with a row that stays, stays.'];
}

function describeRule(rule: PruneRule): string {
  if (rule.kind === 'max-size') return `The largest series lose their oldest blocks, to fit ${formatBytes(rule.bytes)}`;
  if (rule.kind === 'older-than') return `Blocks that end by ${formatMoment(rule.before)} go`;
  const { count, unit } = rule.age;
  return `Blocks that end ${count} ${UNITS[unit]}${count === 1 ? '' : 's'} before the last close go`;
}
