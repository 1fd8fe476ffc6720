import { suggestFor } from '../exit-codes.js';
import { formatBytes, formatCount, formatMoment } from '../terminal/format.js';
import { formatElapsed } from '../terminal/format-elapsed.js';
import { createPaint } from '../terminal/paint.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Cost, Counts } from './populate-document.js';

interface Line {
  readonly ask: {
    readonly symbol: string;
    readonly timeframe: string;
    /** With what lies before the listing, or out of reach. */
    readonly asked: { readonly start: number; readonly end: number };
    readonly choice: { readonly provider: string; readonly reason: string };
  };
  readonly rowsAdded: number;
  readonly coverage: Counts;
  readonly requests: number;
  readonly warnings: readonly string[];
  readonly error?: Trouble | undefined;
}

interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly suggestions: readonly string[];
}

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'FROM', drop: 4 },
  { title: 'TO', drop: 3 },
  { title: 'ADDED', align: 'right' },
  { title: 'PRESENT', align: 'right' },
  { title: 'EXPLAINED', align: 'right', drop: 5 },
  { title: 'MISSING', align: 'right' },
  { title: 'FROM WHOM', drop: 1 },
];

/** What was asked, what is there now, and what to do about the rest. */
export function summarisePopulate(series: readonly Line[], terminal: Terminal): string[] {
  const rows = series.map(({ ask, rowsAdded, coverage }) => [
    ask.symbol,
    ask.timeframe,
    formatMoment(ask.asked.start),
    formatMoment(ask.asked.end),
    formatCount(rowsAdded),
    formatCount(coverage.present),
    coverage.explained === 0 ? '' : formatCount(coverage.explained),
    coverage.missing === 0 ? '' : formatCount(coverage.missing),
    ask.choice.provider,
  ]);
  const table = rows.length === 0 ? [] : renderTable(COLUMNS, rows, terminal);
  if (!terminal.live) return table;
  const paint = createPaint(terminal.colour);
  return table.map((line, i) => {
    const each = series[i - 1];
    if (each === undefined) return paint.dim(line);
    if (each.error !== undefined) return paint.red(line);
    return each.coverage.missing > 0 ? paint.yellow(line) : line;
  });
}

/** What went wrong or is worth knowing, series by series; what went wrong with many in one way is said once. */
export function describeTroubles(series: readonly Line[]): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { ask, error, warnings } of series) {
    const name = `${ask.symbol} ${ask.timeframe}`;
    if (error !== undefined && !seen.has(error.message)) {
      seen.add(error.message);
      const others = series.filter((each) => each.error?.message === error.message).length - 1;
      const more = others === 0 ? '' : ` and ${formatCount(others)} more`;
      lines.push(withHints(`${name}${more}`, error));
    }
    for (const warning of new Set(warnings)) lines.push(`${name}: ${warning}`);
  }
  return lines;
}

/** Who answered without an error, and without a single bar: a table with a zero in it says too little of that. */
export function describeBarren(series: readonly Line[]): string[] {
  return series
    .filter(({ error, coverage }) => error === undefined && coverage.present === 0 && coverage.missing > 0)
    .map(({ ask: { symbol, timeframe, asked, choice } }) => {
      const span = `${formatMoment(asked.start)} to ${formatMoment(asked.end)}`;
      return `${symbol} ${timeframe}: ${choice.provider} has no bar of it from ${span}`;
    });
}

/** What happened, and what to type next. */
function withHints(name: string, error: Trouble): string {
  return [`${name}: ${error.message}`, ...suggestFor(error).map((text) => `  Try: ${text}`)].join('\n');
}

interface Unserved {
  readonly symbol: string;
  readonly timeframe: string;
  readonly error: Trouble;
}

/** Enough to see which they are; more would drown the reason. */
const MOST_NAMED = 12;

/** Who gets nothing and why: all that fail for one reason are one line. */
export function describeUnserved(unserved: readonly Unserved[]): string[] {
  const groups = new Map<string, Unserved[]>();
  for (const each of unserved) groups.set(each.error.message, [...(groups.get(each.error.message) ?? []), each]);
  return [...groups.values()].map((group) => {
    const [{ error }] = group as [Unserved];
    const symbols = [...new Set(group.map(({ symbol }) => symbol))];
    const named = symbols.slice(0, MOST_NAMED).map((name) => {
      const intervals = group.filter(({ symbol }) => symbol === name).map(({ timeframe }) => timeframe);
      return `${name} ${intervals.join(', ')}`;
    });
    const more = symbols.length - named.length;
    return withHints(`${named.join('; ')}${more === 0 ? '' : `; and ${formatCount(more)} more symbols`}`, error);
  });
}

export interface Totals {
  readonly added: number;
  readonly requests: number;
  readonly bytes: number;
  readonly missing: number;
  /** Something went wrong on the way. */
  readonly failed: boolean;
  readonly seconds: number;
}

export function describeTotals({ added, requests, bytes, missing, failed, seconds }: Totals): string {
  const parts = [
    describeAdded(added, failed || missing > 0),
    // What failed before any bar was asked for may have asked other things.
    ...(requests === 0 && failed ? [] : [describeAsked(requests, bytes)]),
    formatElapsed(seconds),
  ];
  const rest = missing === 0 ? '' : `; ${formatCount(missing)} still missing`;
  return `${parts.join(' · ')}${rest}`;
}

const describeAsked = (requests: number, bytes: number): string =>
  requests === 0 ? 'nothing was asked' : `${countRequests(requests)}, ${formatBytes(bytes)}`;

const PLAN: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'PROVIDER', shrinkTo: 7 },
  { title: 'MISSING', align: 'right' },
  { title: 'VIA', shrinkTo: 12, drop: 1 },
  { title: 'REQUESTS', align: 'right' },
  { title: 'WHY', shrinkTo: 12, wrap: true, drop: 2 },
];

interface PlanLine {
  readonly ask: Line['ask'];
  readonly coverage: Counts;
  readonly tasks: readonly { readonly via: string; readonly requests: number }[];
}

export function describePlan(plans: readonly PlanLine[], cost: Cost, terminal: Terminal): string[] {
  const rows = plans.map(({ ask, coverage, tasks }) => [
    ask.symbol,
    ask.timeframe,
    ask.choice.provider,
    formatCount(coverage.missing),
    countVias(tasks),
    formatCount(tasks.reduce((sum, task) => sum + task.requests, 0)),
    ask.choice.reason,
  ]);
  const table = rows.length === 0 ? [] : renderTable(PLAN, rows, terminal);
  if (!terminal.live) return table;
  const days = cost.quotaDays > 1 ? `, ${cost.quotaDays} days by the daily allowance` : '';
  if (plans.length === 0) return [];
  const total =
    cost.requests === 0
      ? 'Nothing is missing that could be asked for.'
      : `${countRequests(cost.requests)}, ${describeEta(cost.etaSeconds)}${days}. Nothing was fetched yet.`;
  return [...table, '', total];
}

function describeAdded(added: number, wanting: boolean): string {
  if (added === 0) return wanting ? 'nothing was added' : 'nothing to add';
  return `${formatCount(added)} ${added === 1 ? 'bar' : 'bars'} added`;
}

function countRequests(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'request' : 'requests'}`;
}

function describeEta(seconds: number): string {
  return seconds < 1 ? 'under a second' : `about ${formatElapsed(seconds)}`;
}

/** `12 months, 3 days, 2 live` */
function countVias(tasks: readonly { readonly via: string }[]): string {
  const words = { 'archive-month': 'month', 'archive-day': 'day', live: 'live' } as const;
  return Object.entries(words)
    .map(([via, word]) => {
      const count = tasks.filter((task) => task.via === via).length;
      if (count === 0) return '';
      return `${count} ${word}${word !== 'live' && count > 1 ? 's' : ''}`;
    })
    .filter((text) => text !== '')
    .join(', ');
}
