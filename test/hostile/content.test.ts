import { afterAll, describe, expect, it } from '@jest/globals';
import { answer } from '../support/hostile-server.js';
import { itSideBySide } from '../support/side-by-side.js';
import { type Outcome, run, sayBody, type Trial, verdictOf } from './run.js';
import { Raw, START, SUBJECTS, type Subject, truthOf, type WireRow } from './subjects.js';

/** Bars that are wrong: nothing that is not true may be admitted, and whatever is thrown has a code. */
interface Case {
  readonly number: number;
  readonly name: string;
  readonly rows?: (truth: readonly WireRow[], subject: Subject) => readonly WireRow[];
  readonly body?: (body: string, subject: Subject) => string;
  /** Every request is answered with the same rows, whatever it asks for. */
  readonly rude?: true;
  /** Every page has one bar more than it was asked for, before its first. */
  readonly overlap?: true;
  /** How many true bars there are. */
  readonly count?: number;
  readonly trial?: (subject: Subject) => Trial;
  readonly truth?: (truth: readonly WireRow[], subject: Subject) => readonly WireRow[];
  /** At least so many true bars, or an error. */
  readonly atLeast?: number;
  /** Why it cannot be put to a provider, by the subject's name. */
  readonly skip?: Readonly<Record<string, string>>;
  readonly check?: (outcome: Outcome, subject: Subject) => void;
}

/** Of Binance; the others are asked for less. */
const LARGEST_PAGE = 1000;
const ALLOWED = [undefined, 'MALFORMED', 'UNAVAILABLE', 'SYMBOL_UNKNOWN', 'OUT_OF_REACH'];
const change = (row: number, cells: Partial<Record<keyof WireRow, unknown>>) => (truth: readonly WireRow[]) =>
  truth.map((each, i) => (i === row ? ({ ...each, ...cells } as WireRow) : each));
const without = (row: number) => (truth: readonly WireRow[]) => truth.filter((_, i) => i !== row);
const isCsv = ({ name }: Subject): boolean => name.endsWith('CSV');
const isDated = ({ name }: Subject): boolean => name.startsWith('alpha-vantage');

const DATED = 'its stamps are dates, not numbers';
const LISTS = 'its rows are lists and have no keys';
const NO_VOLUME = 'it has no volume';
const SILENT = 'nothing on this wire says how long a bar lasts: only what opens off the grid gives it away';

const CELLS: readonly (readonly [string, unknown])[] = [
  ['NaN', new Raw('NaN')],
  ['"NaN"', 'NaN'],
  ['Infinity', new Raw('Infinity')],
  ['"Infinity"', 'Infinity'],
  ['-0', new Raw('-0')],
  ['1e309', new Raw('1e309')],
  ['null', null],
  ['an empty text', ''],
  ['0x10', '0x10'],
  ['1,000.5', '1,000.5'],
  ['full-width digits', '１０２'],
  ['12abc', '12abc'],
  ['true', true],
  ['a list', [101]],
  ['an object', { value: 101 }],
];

/** A credential may be as short as `1089`: data must not be redacted, or it would be other data. */
function like1089(truth: readonly WireRow[]): readonly WireRow[] {
  return truth.map((row) => ({ ...row, open: 1089.5, high: 1089.75, low: 1089.25, close: 1089.5 }));
}

const CASES: readonly Case[] = [
  { number: 0, name: 'true bars, to see that the rest means something', atLeast: 20 },
  {
    number: 0,
    name: 'true bars whose numbers hold the digits of the application’s public id',
    rows: like1089,
    truth: like1089,
    atLeast: 20,
  },
  { number: 6, name: 'no bars at all', rows: () => [], check: ({ rows }) => expect(rows).toBe(0) },
  {
    number: 42,
    name: '__proto__ and constructor as keys',
    body: (body) => body.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
    skip: { binance: LISTS, coingecko: LISTS, 'alpha-vantage CSV': 'it has no keys' },
    check: () => expect(({} as { polluted?: number }).polluted).toBeUndefined(),
  },
  {
    number: 42,
    name: '__proto__ as a whole row',
    body: (body) => body.replace('[', '[{"__proto__":{"time":1}},'),
    skip: { 'alpha-vantage CSV': 'it has no keys', 'alpha-vantage JSON': 'it has no lists' },
  },
  ...[
    ['a false one last', (key: string, value: string) => `${key}:${value},${key}:-1`],
    ['a false one first', (key: string, value: string) => `${key}:-1,${key}:${value}`],
  ].map(([name, write]) => ({
    number: 43,
    name: `a key twice, ${name}`,
    body: (body: string) =>
      body.replace(/("(?:1\. )?open"):(\[[^\]]*\]|[^,}]+)/, (_, key: string, value: string) =>
        (write as (k: string, v: string) => string)(key, value),
      ),
    skip: { binance: LISTS, coingecko: LISTS, 'alpha-vantage CSV': 'it has no keys' },
  })),
  ...CELLS.flatMap(([name, value]): Case[] =>
    (['open', 'close'] as const).map((column) => ({
      number: 44,
      name: `${name} as ${column}`,
      rows: change(5, { [column]: value }),
      truth: without(5),
    })),
  ),
  ...CELLS.map(
    ([name, value]): Case => ({
      number: 44,
      name: `${name} as time`,
      rows: (truth, subject) => (isDated(subject) ? truth : change(5, { time: value })(truth)),
      // What JSON cannot hold is rounded to null; a wire that adds to it gives some other text.
      truth: without(5),
      skip: {
        'alpha-vantage CSV': DATED,
        'alpha-vantage JSON': DATED,
        ...(typeof value === 'string' || value instanceof Raw || Array.isArray(value)
          ? {
              yahoo: 'its stamps are made by division here',
              deriv: 'its stamps are made by division here',
              coingecko: 'its stamps are made by addition here',
            }
          : {}),
      },
    }),
  ),
  { number: 45, name: 'a negative price', rows: change(5, { low: -3 }), truth: without(5) },
  { number: 45, name: 'a price of zero', rows: change(5, { low: 0 }), truth: without(5) },
  { number: 45, name: 'all prices zero', rows: change(5, { open: 0, high: 0, low: 0, close: 0 }), truth: without(5) },
  { number: 45, name: 'high below low', rows: change(5, { high: 90 }), truth: without(5) },
  { number: 45, name: 'a close above the high', rows: change(5, { close: 200 }), truth: without(5) },
  { number: 45, name: 'an open below the low', rows: change(5, { open: 50 }), truth: without(5) },
  {
    number: 45,
    name: 'a negative volume',
    rows: change(5, { volume: -1 }),
    truth: without(5),
    skip: { deriv: NO_VOLUME, coingecko: NO_VOLUME },
  },
  { number: 46, name: 'bars the other way round', rows: (truth) => truth.toReversed() },
  {
    number: 46,
    name: 'bars in disorder',
    rows: (truth) => truth.map((_, i) => truth[(i * 7) % truth.length] as WireRow),
  },
  { number: 47, name: 'a bar twice', rows: (truth) => truth.flatMap((row, i) => (i === 5 ? [row, row] : [row])) },
  { number: 47, name: 'all bars twice', rows: (truth) => [...truth, ...truth] },
  {
    number: 48,
    name: 'a bar twice, and differently',
    rows: (truth) => truth.flatMap((row, i) => (i === 5 ? [row, { ...row, close: 101.5 }] : [row])),
    // Either may be meant: what must not be is both.
    truth: without(5),
    check: ({ falsehoods }) => expect(falsehoods.length).toBeLessThanOrEqual(1),
  },
  {
    number: 49,
    name: 'a bar off the grid',
    rows: (truth, { step }) => change(5, { time: START + 5 * step + 61_000 })(truth),
    truth: without(5),
    skip: { 'alpha-vantage CSV': DATED, 'alpha-vantage JSON': DATED },
  },
  {
    number: 49,
    name: 'all bars off the grid',
    rows: (truth) => truth.map((row) => ({ ...row, time: row.time + 61_000 })),
    truth: () => [],
    skip: { 'alpha-vantage CSV': DATED, 'alpha-vantage JSON': DATED },
  },
  {
    number: 50,
    name: 'bars of the future',
    rude: true,
    trial: ({ step }) => ({ now: START + 10 * step }),
    truth: (truth) => truth.slice(0, 10),
    atLeast: 10,
  },
  {
    number: 51,
    name: 'a bar that is still open',
    rude: true,
    trial: ({ step }) => ({ now: START + 10.5 * step }),
    rows: (truth) => truth.slice(0, 11),
    truth: (truth) => truth.slice(0, 10),
    atLeast: 10,
  },
  ...[
    ['seconds', 1e-3],
    ['microseconds', 1e3],
    ['nanoseconds', 1e6],
  ].map(
    ([unit, scale]): Case => ({
      number: 52,
      name: `stamps in ${unit} of what they should be`,
      rude: true,
      rows: (truth) => truth.map((row) => ({ ...row, time: row.time * (scale as number) })),
      skip: { 'alpha-vantage CSV': DATED, 'alpha-vantage JSON': DATED },
    }),
  ),
  {
    number: 53,
    name: 'bars of half the length',
    rude: true,
    rows: (_, subject) =>
      truthOf({ ...subject, step: subject.step / 2 }, 40).map((row) => ({
        ...row,
        close: 100.5 + (row.open as number) - 100,
      })),
    truth: () => [],
    skip: { 'alpha-vantage CSV': DATED, 'alpha-vantage JSON': DATED },
  },
  {
    number: 53,
    name: 'bars of twice the length',
    rude: true,
    rows: (_, subject) =>
      truthOf({ ...subject, step: subject.step * 2 }, 10).map((row) => ({
        ...row,
        close: 100.5 + (row.open as number) - 100,
      })),
    truth: () => [],
    skip: { tiny: SILENT, deriv: SILENT, 'alpha-vantage CSV': SILENT, 'alpha-vantage JSON': SILENT },
  },
  {
    number: 53,
    name: 'bars of another symbol',
    body: (body) => body.replace('BTC-USD', 'ETH-USD').replace('"BTC"', '"ETH"'),
    truth: () => [],
    skip: Object.fromEntries(
      ['tiny', 'binance', 'deriv', 'coingecko', 'alpha-vantage CSV'].map((name) => [
        name,
        'its reply does not name the symbol',
      ]),
    ),
  },
  {
    number: 54,
    name: 'bars wholly before what was asked',
    rude: true,
    rows: (truth, { step }) => truth.map((row) => ({ ...row, time: row.time - 400 * step })),
    truth: () => [],
  },
  {
    number: 54,
    name: 'bars wholly after what was asked',
    rude: true,
    rows: (truth, { step }) => truth.slice(0, 5).map((row) => ({ ...row, time: row.time + 22 * step })),
    truth: () => [],
  },
  {
    number: 54,
    name: 'bars partly outside',
    rude: true,
    rows: (truth, { step }) => [
      ...truth.slice(0, 5).map((row) => ({ ...row, time: row.time - 5 * step })),
      ...truth,
      ...truth.slice(0, 5).map((row) => ({ ...row, time: row.time + 20 * step })),
    ],
    atLeast: 20,
  },
  { number: 55, name: 'the same page for ever', rude: true, rows: (truth) => truth.slice(0, 10) },
  { number: 55, name: 'the last bar for ever', rude: true, rows: (truth) => truth.slice(9, 10) },
  {
    number: 57,
    name: 'pages that begin with the last bar of the page before',
    count: 1600,
    overlap: true,
    trial: ({ step }) => ({ now: START + 1700 * step, request: { end: START + 1600 * step } }),
    atLeast: 1600,
  },
  {
    number: 56,
    name: 'far more bars than a page may have',
    rude: true,
    rows: (_, subject) => truthOf(subject, 12_000),
    truth: (_, subject) => truthOf(subject, 20),
  },
  {
    number: 56,
    name: 'twelve thousand bars of one time',
    rude: true,
    rows: (truth) => Array.from({ length: 12_000 }, () => truth[3] as WireRow),
  },
];

const unhandled: unknown[] = [];
const note = (reason: unknown): number => unhandled.push(reason);
process.on('unhandledRejection', note);
afterAll(() => {
  process.off('unhandledRejection', note);
});

const table = CASES.flatMap((each) =>
  SUBJECTS.filter(({ name }) => each.skip?.[name] === undefined).map(
    (subject) => [`${each.number} ${each.name}: ${subject.name}`, each, subject] as const,
  ),
);

describe('hostile bars', () => {
  itSideBySide('%s', table, async (_, each, subject) => {
    const truth = truthOf(subject, each.count);
    const rows = each.rows?.(truth, subject) ?? truth;
    const misbehave = sayBody(
      subject,
      ({ from, to }) => {
        const least = (from ?? Number.NaN) - (each.overlap === true ? subject.step : 0);
        const polite = rows
          .filter(({ time }) => !(time < least) && !(time > (to ?? time)))
          .slice(0, subject.name === 'binance' ? LARGEST_PAGE : undefined);
        const body = subject.wire(each.rude === true ? rows : polite);
        return each.body?.(body, subject) ?? body;
      },
      (asked, body) =>
        answer(asked, { body, headers: { 'content-type': isCsv(subject) ? 'text/csv' : 'application/json' } }),
    );
    const trial = each.trial?.(subject) ?? {};
    const outcome = await run(subject, misbehave, { ...trial, truth: each.truth?.(truth, subject) ?? truth });
    if (each.check !== undefined) each.check(outcome, subject);
    const lenient = each.number === 48 ? { ...outcome, falsehoods: outcome.falsehoods.slice(1) } : outcome;
    expect(verdictOf(lenient, ALLOWED)).toBe('as it should be');
    if (outcome.code === undefined) expect(outcome.rows).toBeGreaterThanOrEqual(each.atLeast ?? 0);
    expect(outcome.requests).toBeLessThan(150);
  });

  it('each case is put to every provider, or says why it cannot be', () => {
    const names = SUBJECTS.map(({ name }) => name);
    for (const { skip = {} } of CASES) for (const name of Object.keys(skip)) expect(names).toContain(name);
  });

  it('leave no rejection that nobody handles', () => {
    expect(unhandled).toEqual([]);
  });
});
