import type { Expectation } from '../../market/expected.js';
import { formatInstant } from '../../market/instant.js';
import { judgeIlliquid } from '../../market/judge/illiquid.js';
import type { Range } from '../../market/range.js';
import { closeOf, DAY, stepOf } from '../../market/timeframe.js';
import { explainAbsent, type Judged } from '../coverage/explain-absent.js';
import type { Cause } from './cause.js';
import type { Warning } from './validation.js';

export interface Explained {
  readonly judged: readonly Judged<Cause>[];
  readonly warnings: readonly Warning[];
}

/** A thinly traded share has no bar where nobody trades: such pauses are explained, counted together and told once. */
export function explainPauses(judged: readonly Judged<Cause>[], expectation: Expectation, whole: Range): Explained {
  const { calendar, timeframe } = expectation;
  const missing = judged.filter(({ why }) => why === undefined);
  if (calendar.rhythm !== 'daily' || (stepOf(timeframe) ?? DAY) >= DAY || missing.length === 0)
    return { judged, warnings: [] };
  const absent = missing.map(({ start, last }) => ({ start, end: closeOf(timeframe, last) }));
  const pauses = judgeIlliquid(expectation, whole, absent);
  if (pauses.length === 0) return { judged, warnings: [] };
  const causes = pauses.map((each): Cause => ({ ...each, kind: 'explained', unlisted: true }));
  const again = explainAbsent(missing, causes, expectation);
  const all = [...judged.filter(({ why }) => why !== undefined), ...again].sort((a, b) => a.start - b.start);
  const quiet = again.filter(({ why }) => why !== undefined);
  const bars = quiet.reduce((sum, each) => sum + each.bars, 0);
  const [first] = pauses;
  const last = pauses.at(-1);
  const warning: Warning = {
    kind: 'illiquid',
    from: formatInstant(first?.start as number),
    to: formatInstant(last?.end as number),
    detail: `${bars} bars without a trade, ${first?.reason}`,
  };
  return { judged: all, warnings: [warning] };
}
