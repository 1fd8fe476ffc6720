import { hangText } from '../terminal/hang-text.js';
import { createPaint } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import { cleanText, padCells } from '../terminal/text.js';

export interface RuleResult {
  readonly rule: string;
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'skipped';
  readonly reason?: string;
  readonly evidence?: readonly string[];
  /** Where the guide explains it. */
  readonly guide?: string;
}

const RULE_WIDTH = 20;

/** One rule for a person: whether it holds; where it does not, why, and the rows and requests that show it. */
export function renderRule(result: RuleResult, terminal: Terminal): string[] {
  const { rule, name, outcome, reason, evidence = [], guide } = result;
  const paint = createPaint(terminal.colour);
  const marks = terminal.unicode
    ? { pass: paint.green('✓'), fail: paint.red('✗'), skipped: paint.dim('–') }
    : { pass: paint.green('+'), fail: paint.red('x'), skipped: paint.dim('-') };
  const indent = ' '.repeat(RULE_WIDTH + 4);
  const text =
    outcome === 'pass' ? name : outcome === 'fail' ? (reason ?? name) : `not tried: ${reason ?? 'no reason given'}`;
  const shown = hangText(cleanText(text), terminal.width, indent.length);
  const line = `${marks[outcome]} ${padCells(rule, RULE_WIDTH)}  ${outcome === 'pass' ? paint.dim(shown) : shown}`;
  const more = evidence.map((each) => hangText(cleanText(each), terminal.width, indent.length));
  if (outcome === 'fail' && guide !== undefined) more.push(`see ${guide}`);
  return [line, ...more.map((each) => `${indent}${paint.dim(each)}`)];
}

/** `27 rules: 25 hold, 1 does not, 1 could not be tried` */
export function totalRules(results: readonly RuleResult[]): string {
  const count = (outcome: RuleResult['outcome']) => results.filter((each) => each.outcome === outcome).length;
  const [failed, skipped] = [count('fail'), count('skipped')];
  const parts = [`${count('pass')} hold`];
  if (failed > 0) parts.push(`${failed} ${failed === 1 ? 'does' : 'do'} not`);
  if (skipped > 0) parts.push(`${skipped} could not be tried`);
  return `${results.length} rules: ${parts.join(', ')}`;
}
