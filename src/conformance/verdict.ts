/** A rule is broken. `reason` is one sentence about what was done, `evidence` the rows and requests that show it. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure';
  readonly rule: string;
  readonly reason: string;
  readonly evidence: readonly string[];

  constructor(rule: string, reason: string, evidence: readonly string[] = []) {
    super([`${rule}: ${reason}`, ...evidence.map((line) => `  ${line}`)].join('\n'));
    this.rule = rule;
    this.reason = reason;
    this.evidence = evidence;
  }
}

/** A rule that does not apply to this provider, or cannot be tried here: the message says why. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
}
