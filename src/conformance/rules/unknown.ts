import { codeOf } from '../coded.js';
import type { Rule } from '../rule.js';
import { showOutcome, showRow, showSent } from '../show.js';

export const unknownSymbol: Rule = {
  id: 'unknown-symbol',
  name: 'a symbol that does not exist is SYMBOL_UNKNOWN, never simply without bars',
  async find(lab) {
    const { known, unknown } = await lab.subject();
    const run = await lab.ask({ ...known, instrument: unknown });
    if (run.outcome === 'threw' && codeOf(run.thrown) === 'SYMBOL_UNKNOWN' && run.rows.length === 0) return undefined;
    const evidence = [...run.rows.slice(0, 1).map(showRow), ...showSent(run)];
    return { reason: `asked for ${unknown.symbol}, which does not exist, it ${showOutcome(run)}`, evidence };
  },
};
