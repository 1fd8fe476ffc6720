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
    readonly range: { readonly start: number; readonly end: number };
    readonly choice: { readonly provider: string; readonly reason: string };
  };
  readonly rowsAdded: number;
  readonly coverage: Counts;
  readonly requests: number;
  readonly warnings: readonly string[];
  readonly error?: { readonly message: string; readonly suggestions: readonly string[] } | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'FROM', drop: 2 },
  { title: 'TO', drop: 3 },
  { title: 'ADDED', align: 'right' },
  { title: 'PRESENT', align: 'right' },
  { title: 'EXPLAINED', align: 'right', drop: 4 },
  { title: 'MISSING', align: 'right' },
  { title: 'FROM WHOM', shrinkTo: 7, drop: 1 },
];

/** What was asked, what is there now, and what to do about the rest. */
export function summarisePopulate(series: readonly Line[], terminal: Terminal): string[] {
  const rows = series.map(({ ask, rowsAdded, coverage }) => [
    ask.symbol,
    ask.timeframe,
    formatMoment(ask.range.start),
    formatMoment(ask.range.end),
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

/** What went wrong or is worth knowing, series by series, once each. */
export function describeTroubles(series: readonly Line[]): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { ask, error, warnings } of series) {
    const name = `${ask.symbol} ${ask.timeframe}`;
    if (error !== undefined && !seen.has(error.message)) {
      seen.add(error.message);
      lines.push(withSuggestions(`${name}: ${error.message}`, error.suggestions));
    }
    for (const warning of new Set(warnings)) lines.push(`${name}: ${warning}`);
  }
  return lines;
}

const withSuggestions = (line: string, suggestions: readonly string[]): string =>
  [line, ...suggestions.map((text) => `  try: ${text}`)].join('\n');

interface Unserved {
  readonly symbol: string;
  readonly timeframe: string;
  readonly error: { readonly message: string; readonly suggestions: readonly string[] };
}

/** Who gets nothing and why: a symbol whose intervals all fail for one reason is one line. */
export function describeUnserved(unserved: readonly Unserved[]): string[] {
  const groups = new Map<string, Unserved[]>();
  for (const each of unserved) {
    const key = `${each.symbol}\n${each.error.message}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => {
    const [{ symbol, error }] = group as [Unserved];
    const intervals = group.map(({ timeframe }) => timeframe).join(', ');
    return withSuggestions(`${symbol} ${intervals}: ${error.message}`, error.suggestions);
  });
}

export interface Totals {
  readonly added: number;
  readonly requests: number;
  readonly bytes: number;
  readonly missing: number;
  readonly seconds: number;
}

export function describeTotals({ added, requests, bytes, missing, seconds }: Totals): string {
  const parts = [
    added === 0 ? 'nothing to add' : `${formatCount(added)} bars added`,
    requests === 0 ? 'nothing was asked' : `${formatCount(requests)} requests, ${formatBytes(bytes)}`,
    formatElapsed(seconds),
  ];
  const rest = missing === 0 ? '' : `; ${formatCount(missing)} still missing`;
  return `${parts.join(' · ')}${rest}`;
}

const PLAN: readonly Column[] = [
  { title: 'SYMBOL', shrinkTo: 8 },
  { title: 'INTERVAL' },
  { title: 'PROVIDER', shrinkTo: 7 },
  { title: 'MISSING', align: 'right' },
  { title: 'VIA', shrinkTo: 12, drop: 1 },
  { title: 'REQUESTS', align: 'right' },
  { title: 'WHY', shrinkTo: 10, drop: 2 },
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
  const total =
    cost.requests === 0
      ? 'Nothing is missing that could be asked for.'
      : `${formatCount(cost.requests)} requests, about ${formatElapsed(cost.etaSeconds)}${days}. Nothing was fetched yet.`;
  return [...table, '', total];
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
