import { isOnGrid } from '../../market/timeframe.js';
import type { Rule } from '../rule.js';
import type { SeenRow } from '../run.js';
import { showOutcome, showRequest, showRow, showSent } from '../show.js';
import { unitOf, wellTimed } from '../well-timed.js';

export const answers: Rule = {
  id: 'answers',
  name: 'it brings bars for its own sample',
  async find(lab) {
    const run = await lab.lookAtKnown();
    if (run.outcome === 'ended' && run.rows.length > 0) return undefined;
    return { reason: `${showRequest(run.request)}, it ${showOutcome(run)}`, evidence: showSent(run) };
  },
};

export const milliseconds: Rule = {
  id: 'milliseconds',
  name: 'times are milliseconds since the epoch',
  async find(lab) {
    const run = await lab.known();
    const odd = run.rows.find(({ time }) => unitOf(time, run) !== 'milliseconds' || !Number.isInteger(time));
    if (odd === undefined) return undefined;
    const unit = Number.isInteger(odd.time) ? unitOf(odd.time, run) : 'no whole number';
    return { reason: `${showRequest(run.request)}, a time is in ${unit}`, evidence: [showRow(odd), ...showSent(run)] };
  },
};

export const ascending: Rule = {
  id: 'ascending',
  name: 'bars ascend within a batch',
  async find(lab) {
    const run = await lab.known();
    for (const batch of run.batches) {
      const at = batch.findIndex((row, i) => i > 0 && row.time < (batch[i - 1] as SeenRow).time);
      if (at > 0) {
        const evidence = [showRow(batch[at - 1] as SeenRow), showRow(batch[at] as SeenRow), ...showSent(run)];
        return { reason: 'a bar comes after one that is later', evidence };
      }
    }
    return undefined;
  },
};

export const once: Rule = {
  id: 'no-overlap',
  name: 'a batch begins after the one before it ended, and no bar comes twice',
  async find(lab) {
    const run = await lab.known();
    const seen = new Map<number, SeenRow>();
    let before = Number.NEGATIVE_INFINITY;
    for (const [i, batch] of run.batches.entries()) {
      const twice = batch.find(({ time }) => seen.has(time));
      const early = batch.find(({ time }) => time < before);
      const wrong = twice ?? early;
      if (wrong !== undefined) {
        const what = twice === undefined ? 'goes back behind the one before it' : 'brings a bar again';
        return {
          reason: `batch ${i + 1} of ${run.batches.length} ${what}`,
          evidence: [showRow(wrong), ...showSent(run)],
        };
      }
      const within = batch.find(({ time }, at) => batch.findIndex((other) => other.time === time) < at);
      if (within !== undefined)
        return { reason: `batch ${i + 1} has a bar twice`, evidence: [showRow(within), ...showSent(run)] };
      for (const row of batch) {
        seen.set(row.time, row);
        before = Math.max(before, row.time);
      }
    }
    return undefined;
  },
};

export const start: Rule = {
  id: 'half-open-start',
  name: 'no bar opens before the start',
  async find(lab) {
    const run = await lab.known();
    const early = wellTimed(run).find(({ time }) => time < run.request.start);
    return (
      early && {
        reason: `${showRequest(run.request)}, a bar opens before it`,
        evidence: [showRow(early), ...showSent(run)],
      }
    );
  },
};

export const end: Rule = {
  id: 'half-open-end',
  name: 'no bar opens at the end or after it',
  async find(lab) {
    const run = await lab.known();
    const late = wellTimed(run).find(({ time }) => time >= run.request.end);
    if (late === undefined) return undefined;
    const where = late.time === run.request.end ? 'at the end itself, which is not inside' : 'after it';
    return { reason: `${showRequest(run.request)}, a bar opens ${where}`, evidence: [showRow(late), ...showSent(run)] };
  },
};

export const grid: Rule = {
  id: 'on-grid',
  name: 'bars open where the timeframe has them open',
  async find(lab) {
    const run = await lab.known();
    const { market } = await lab.subject();
    // A stock's hours may be counted from its session's open: half past is on its grid.
    const slack = market.calendar !== undefined && /^X/.test(market.calendar) ? 30 * 60_000 : undefined;
    const { timeframe } = run.request;
    const off = wellTimed(run).find(
      ({ time }) => !isOnGrid(timeframe, time) && (slack === undefined || time % slack !== 0),
    );
    return off && { reason: `a bar opens off the grid of ${timeframe}`, evidence: [showRow(off), ...showSent(run)] };
  },
};
