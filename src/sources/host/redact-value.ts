import type { Channel } from '../../provider/index.js';
import type { Redactor } from '../../settings/redactor.js';

/** A copy without secrets in any of its texts; undefined where it cannot be written as JSON, such as a circle. */
export function redactValue(value: unknown, redactor: Redactor): unknown {
  const clean = (_: string, each: unknown): unknown => {
    if (typeof each === 'bigint') return String(each);
    return typeof each === 'string' ? redactor.redact(each) : each;
  };
  try {
    return JSON.parse(JSON.stringify(value, clean));
  } catch {
    return undefined;
  }
}

/**
 * A refusal may repeat the key, and a judge that quotes it may cut it in the middle of that, where nobody would know it
 * again: what is refused is judged a second time, without secrets. Answers that are data are not copied.
 */
export function judgeRedacted(judge: Channel['judge'], redactor: Redactor): Channel['judge'] {
  return (answer) => {
    if (redactor.isEmpty) return judge(answer);
    try {
      if (judge(answer) === undefined) return undefined;
    } catch {
      // a judge that throws has judged
    }
    return judge(redactValue(answer, redactor));
  };
}
