import { type CheckOptions, Lab } from './lab.js';
import type { Finding, Rule } from './rule.js';
import { RULES } from './rules.js';
import { ConformanceFailure, NotTried } from './verdict.js';

export type { CheckServer } from './check-server.js';
export type { CheckOptions } from './lab.js';
// biome-ignore lint/performance/noBarrelFile: this is the entry `almanac/provider/testing`, for test files alone
export { ConformanceFailure } from './verdict.js';

/** One rule as a test: `for (const { name, run } of conformanceCases({ provider })) it(name, run);` */
export interface Case {
  readonly rule: string;
  readonly name: string;
  /** Throws a ConformanceFailure; resolves where the rule holds, and where it cannot be tried. */
  run(): Promise<void>;
}

export interface RuleResult {
  readonly rule: string;
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'skipped';
  readonly reason?: string;
  readonly evidence?: readonly string[];
}

export interface Report {
  readonly provider: string;
  readonly results: readonly RuleResult[];
}

/** What every provider has to do, tried one rule at a time in a real host, for any test runner. */
export function conformanceCases(options: CheckOptions): readonly Case[] {
  const lab = new Lab(options);
  return RULES.map((rule) => ({
    rule: rule.id,
    name: `${rule.id}: ${rule.name}`,
    async run() {
      const { outcome, reason, evidence } = await judge(rule, lab);
      if (outcome === 'fail') throw new ConformanceFailure(rule.id, reason ?? '', evidence);
    },
  }));
}

/** All of them, with what came of each; `onResult` hears of each as it comes. */
export async function checkProvider(options: CheckOptions, onResult?: (result: RuleResult) => void): Promise<Report> {
  const lab = new Lab(options);
  const results: RuleResult[] = [];
  for (const rule of RULES) {
    const result = await judge(rule, lab);
    results.push(result);
    onResult?.(result);
  }
  return { provider: options.provider.id, results };
}

async function judge(rule: Rule, lab: Lab): Promise<RuleResult> {
  const { id, name } = rule;
  const skipped = lab.given.skip?.find((each) => each.rule === id);
  if (skipped !== undefined) return { rule: id, name, outcome: 'skipped', reason: skipped.reason };
  try {
    const finding = await rule.find(lab);
    return finding === undefined
      ? { rule: id, name, outcome: 'pass' }
      : { rule: id, name, outcome: 'fail', ...redact(finding, lab) };
  } catch (error) {
    if (error instanceof NotTried)
      return { rule: id, name, outcome: 'skipped', reason: lab.redactor.redact(error.message) };
    const reason = lab.redactor.redact(`it could not be tried: ${String(error)}`);
    return { rule: id, name, outcome: 'fail', reason };
  }
}

/** Evidence is shown to people and kept in logs: URLs have keys in them. */
function redact({ reason, evidence = [] }: Finding, { redactor }: Lab): Finding {
  return { reason: redactor.redact(reason), evidence: evidence.map(redactor.redact) };
}
