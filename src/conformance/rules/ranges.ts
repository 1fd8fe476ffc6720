import { closeOf, DAY, openOf, stepOf } from '../../market/timeframe.js';
import type { BarRequest } from '../../provider/index.js';
import { codeOf } from '../coded.js';
import type { Lab } from '../lab.js';
import type { Finding, Rule } from '../rule.js';
import type { SeenRow } from '../run.js';
import { showOutcome, showRequest, showRow, showSent, showTime } from '../show.js';
import { tidy, wellTimed } from '../well-timed.js';

export const repeatable: Rule = {
  id: 'repeatable',
  name: 'the same question brings the same bars',
  async find(lab) {
    const first = await lab.known();
    const second = await lab.ask(first.request);
    if (second.outcome !== 'ended')
      return { reason: `asked again, it ${showOutcome(second)}`, evidence: showSent(second) };
    const [a, b] = firstDifference(first.rows, second.rows) ?? [];
    if (a === undefined && b === undefined) return undefined;
    return { reason: 'asked again, it brings something else', evidence: showBoth(a, b) };
  },
};

export const adjacency: Rule = {
  id: 'adjacency',
  name: '[a, b) and [b, c) bring together what [a, c) brings',
  async find(lab) {
    const whole = await lab.known();
    const { start, end } = whole.request;
    const middle = openOf(whole.request.timeframe, start + (end - start) / 2);
    if (!(start < middle && middle < end)) return undefined;
    const left = await lab.ask({ ...whole.request, end: middle });
    const right = await lab.ask({ ...whole.request, start: middle });
    for (const run of [left, right]) {
      if (run.outcome !== 'ended')
        return { reason: `${showRequest(run.request)}, it ${showOutcome(run)}`, evidence: showSent(run) };
    }
    const [a, b] = firstDifference(tidy(whole), [...tidy(left), ...tidy(right)]) ?? [];
    if (a === undefined && b === undefined) return undefined;
    const reason = `asked in two halves that meet at ${showTime(middle)}, it brings something else than at once`;
    return { reason, evidence: [...showBoth(a, b), ...showSent(left), ...showSent(right)] };
  },
};

export const closedOnly: Rule = {
  id: 'closed-only',
  name: 'no bar comes before it has closed',
  async find(lab) {
    const { known, market } = await lab.subject();
    const { timeframe } = known;
    const now = lab.now();
    const step = stepOf(timeframe) ?? 31 * DAY;
    const open = openOf(timeframe, now);
    const run = await lab.ask({ ...known, start: open - 6 * step, end: open + 2 * step });
    // A session's day is over before the calendar's is.
    const early = step >= DAY && market.calendar !== '24x7' ? 8 * 3_600_000 : 0;
    const forming = wellTimed(run).find(({ time }) => closeOf(timeframe, time) - early > now);
    if (forming === undefined) return undefined;
    const reason = `at ${showTime(now)} it brings a bar that closes at ${showTime(closeOf(timeframe, forming.time))}`;
    return { reason, evidence: [showRow(forming), ...showSent(run)] };
  },
};

export const nothingIsEmpty: Rule = {
  id: 'empty-range',
  name: 'where there is nothing it brings nothing: before all data, after now, between a time and itself',
  async find(lab) {
    const { known } = await lab.subject();
    const step = stepOf(known.timeframe) ?? 31 * DAY;
    const dawn = openOf(known.timeframe, Date.UTC(1971, 0, 5));
    const ahead = openOf(known.timeframe, lab.now() + 400 * DAY);
    const ranges: readonly (readonly [string, number, number])[] = [
      ['before there was any data', dawn, dawn + 10 * step],
      ['of the future', ahead, ahead + 10 * step],
      ['from a time to that same time', known.start, known.start],
    ];
    for (const [what, start, end] of ranges) {
      const finding = await findRows(lab, { ...known, start, end }, what);
      if (finding !== undefined) return finding;
    }
    return undefined;
  },
};

async function findRows(lab: Lab, request: BarRequest, what: string): Promise<Finding | undefined> {
  const run = await lab.ask(request);
  // A bar at the end itself is another rule's.
  const row = run.rows.find(({ time }) => time !== request.end);
  const asked = `asked for a range ${what} (${showRequest(request)})`;
  if (row !== undefined)
    return { reason: `${asked}, it brings ${run.rows.length} bars`, evidence: [showRow(row), ...showSent(run)] };
  if (run.outcome === 'ended' || codeOf(run.thrown) === 'OUT_OF_REACH') return undefined;
  return { reason: `${asked}, it ${showOutcome(run)}`, evidence: showSent(run) };
}

type Difference = readonly [SeenRow | undefined, SeenRow | undefined];

function firstDifference(a: readonly SeenRow[], b: readonly SeenRow[]): Difference | undefined {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (textOf(a[i]) !== textOf(b[i])) return [a[i], b[i]];
  return undefined;
}

function textOf(row: SeenRow | undefined): string {
  // NaN is absence, as null is.
  return row === undefined
    ? ''
    : JSON.stringify([row.time, Object.entries(row.cells).sort(([x], [y]) => (x < y ? -1 : 1))]);
}

function showBoth(a: SeenRow | undefined, b: SeenRow | undefined): string[] {
  return [`first ${a === undefined ? 'nothing' : showRow(a)}`, `then ${b === undefined ? 'nothing' : showRow(b)}`];
}
