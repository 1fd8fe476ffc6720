import { gridCount } from '../../market/timeframe.js';
import type { Rule } from '../rule.js';
import { showSent } from '../show.js';
import { NotTried } from '../verdict.js';

/** Looking up a symbol, a session, a listing: allowed besides the pages themselves. */
const BESIDES = 4;

export const limits: Rule = {
  id: 'limits',
  name: 'it asks no more often than its capabilities say: bars a request, requests at once, requests a window',
  async find(lab) {
    const run = await lab.known();
    const { known, offer, capabilities } = await lab.subject();
    if (run.requests.length === 0) throw new NotTried('it asks over a socket, where requests cannot be counted');
    const bars = gridCount(known.timeframe, known.start, known.end) ?? run.rows.length;
    const planned = Math.ceil(bars / offer.barsPerRequest);
    if (run.requests.length > 2 * planned + BESIDES) {
      const reason = `${offer.barsPerRequest} bars a request make ${planned} requests of ${bars} bars, and it sent ${run.requests.length}`;
      return { reason, evidence: showSent(run) };
    }
    const most = Math.max(...run.requests.map(({ beside }) => beside));
    const allowed = Object.values(capabilities.limits.pools).reduce((sum, pool) => sum + pool.concurrency, 0);
    if (most > allowed)
      return { reason: `${most} requests were under way at once, and ${allowed} may be`, evidence: showSent(run) };
    if (lab.given.pace !== 'stated') return undefined;
    for (const { name, max, perMs } of Object.values(capabilities.limits.pools).flatMap((pool) => pool.windows)) {
      const times = run.requests.map(({ at }) => at);
      const crowded = times.find((at) => times.filter((other) => other >= at && other < at + perMs).length > max);
      if (crowded !== undefined)
        return { reason: `more than ${max} requests in the window ${name}`, evidence: showSent(run) };
    }
    return undefined;
  },
};
