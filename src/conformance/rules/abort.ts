import { DAY, openOf, stepOf } from '../../market/timeframe.js';
import type { Rule } from '../rule.js';
import { showOutcome, showSent } from '../show.js';
import { NotTried } from '../verdict.js';

/** Enough requests for an end to be seen in the middle. */
const PAGES = 5;
const MOST_BARS = 20_000;

export const stopsOnAbort: Rule = {
  id: 'stops-on-abort',
  name: 'once its signal is aborted, at most one more batch comes and nothing more is asked',
  async find(lab) {
    const { known, offer } = await lab.subject();
    const step = stepOf(known.timeframe) ?? (known.timeframe === '1mo' ? 31 * DAY : 2000);
    const { reach } = offer;
    const oldest = reach === undefined ? 0 : 'since' in reach ? reach.since : lab.now() - reach.age + step;
    const span = Math.max(Math.min(offer.barsPerRequest * PAGES, MOST_BARS) * step, known.end - known.start);
    const start = openOf(known.timeframe, Math.max(oldest + step, known.end - span));
    const abort = new AbortController();
    let sentBefore = 0;
    let came = 0;
    const onBatch = (count: number, sent: number): void => {
      came = count;
      if (count > 1) return;
      sentBefore = sent;
      abort.abort(new Error('the user has had enough'));
    };
    const run = await lab.ask({ ...known, start }, { signal: abort.signal, onBatch });
    if (came === 0) throw new NotTried(`no batch came to abort at: it ${showOutcome(run)}`);
    if (run.outcome === 'ended' && came === 1 && run.requests.length === sentBefore) {
      throw new NotTried('everything comes in one batch');
    }
    if (run.outcome === 'endless')
      return { reason: 'aborted after the first batch, it neither ended nor threw', evidence: showSent(run) };
    const extra = run.requests.length - sentBefore;
    if (came <= 2 && extra <= 1) return undefined;
    const reason = `aborted after the first batch, it brought ${came - 1} more and sent ${extra} more requests`;
    return { reason, evidence: showSent(run) };
  },
};
