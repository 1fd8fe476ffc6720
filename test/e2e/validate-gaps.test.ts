import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeOf, type Timeframe } from '../../src/market/timeframe.js';
import { openStore } from '../../src/store/open-store.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { type Truth, World } from '../support/world.js';

const NOW = '2025-03-10T12:34:56Z';
const now = Date.parse(NOW);
const root = temporaryFolder();
let world: World;
let folder: string;
const truths = new Map<Case, Truth>();

interface Gap {
  readonly start: string;
  readonly end: string;
  readonly bars: number;
  readonly hours: number;
  readonly kind: string;
}

/** Rows are taken out of the truth here and there: which gaps that makes follows from the truth alone. */
interface Case {
  readonly name: string;
  readonly step: Timeframe;
  readonly from: string;
  readonly removed: readonly (readonly [string, string])[];
}

const CASES: readonly Case[] = [
  {
    name: 'ETH-USD',
    step: '1m',
    from: '2024-12-01T00:00:00Z',
    removed: [
      ['2024-12-01T00:01:00Z', '2024-12-01T00:02:00Z'],
      ['2025-01-31T23:50:00Z', '2025-02-01T00:10:00Z'],
      ['2024-12-31T23:00:00Z', '2025-01-01T01:00:00Z'],
    ],
  },
  {
    name: 'BTC-USD',
    step: '1h',
    from: '2022-05-03T07:00:00Z',
    removed: [
      ['2023-03-25T00:00:00Z', '2023-03-25T05:00:00Z'],
      ['2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z'],
      ['2022-12-31T20:00:00Z', '2023-01-01T04:00:00Z'],
      ['2025-03-10T10:00:00Z', '2025-03-11T00:00:00Z'],
    ],
  },
  {
    name: 'BTC-USD',
    step: '1d',
    from: '2022-05-03T00:00:00Z',
    removed: [['2022-12-30T00:00:00Z', '2023-01-03T00:00:00Z']],
  },
  {
    name: 'BTC-USD',
    step: '1w',
    from: '2018-05-03T00:00:00Z',
    removed: [['2019-12-23T00:00:00Z', '2020-01-07T00:00:00Z']],
  },
  {
    name: 'BTC-USD',
    step: '1mo',
    from: '2016-05-01T00:00:00Z',
    removed: [['2019-11-01T00:00:00Z', '2020-03-01T00:00:00Z']],
  },
  {
    name: 'AAPL',
    step: '1m',
    from: '2015-01-02T14:30:00Z',
    removed: [
      ['2016-11-25T17:00:00Z', '2016-11-28T14:40:00Z'],
      // The last minute of a half day, and the first after Thanksgiving: nothing trades between.
      ['2023-11-22T20:59:00Z', '2023-11-24T14:31:00Z'],
      ['2023-12-29T20:30:00Z', '2024-01-02T15:00:00Z'],
      ['2024-03-08T20:59:00Z', '2024-03-11T13:31:00Z'],
      ['2024-07-03T16:59:00Z', '2024-07-03T17:00:00Z'],
      ['2025-01-08T20:50:00Z', '2025-01-10T14:40:00Z'],
    ],
  },
  {
    name: 'MSFT',
    step: '1h',
    from: '2015-01-02T14:00:00Z',
    removed: [
      ['2016-03-11T20:00:00Z', '2016-03-14T14:00:00Z'],
      ['2019-07-03T16:00:00Z', '2019-07-05T14:00:00Z'],
      ['2021-12-31T20:00:00Z', '2022-01-03T16:00:00Z'],
    ],
  },
  {
    name: 'AAPL',
    step: '1d',
    from: '2014-06-02T00:00:00Z',
    removed: [
      ['2018-12-04T00:00:00Z', '2018-12-07T00:00:00Z'],
      ['2024-12-31T00:00:00Z', '2025-01-11T00:00:00Z'],
      ['2025-03-07T00:00:00Z', '2025-03-08T00:00:00Z'],
    ],
  },
  {
    name: 'AAPL',
    step: '1w',
    from: '2014-06-02T00:00:00Z',
    removed: [['2017-12-25T00:00:00Z', '2018-01-08T00:00:00Z']],
  },
  {
    name: 'AAPL',
    step: '1mo',
    from: '2014-06-01T00:00:00Z',
    removed: [['2020-02-01T00:00:00Z', '2020-04-01T00:00:00Z']],
  },
  {
    name: 'EURUSD=X',
    step: '1h',
    from: '2022-06-05T21:00:00Z',
    removed: [
      // Over a weekend, over the change of the clock, over New Year.
      ['2024-03-08T20:00:00Z', '2024-03-10T23:00:00Z'],
      ['2022-12-30T20:00:00Z', '2023-01-02T01:00:00Z'],
    ],
  },
  {
    name: 'EURUSD=X',
    step: '1m',
    from: '2024-09-01T21:00:00Z',
    removed: [['2024-11-01T20:58:00Z', '2024-11-03T22:02:00Z']],
  },
  {
    name: 'EURUSD=X',
    step: '1d',
    from: '2022-06-06T00:00:00Z',
    removed: [['2022-12-30T00:00:00Z', '2023-01-05T00:00:00Z']],
  },
  {
    name: 'EURUSD=X',
    step: '1w',
    from: '2019-06-03T00:00:00Z',
    removed: [['2021-06-07T00:00:00Z', '2021-06-14T00:00:00Z']],
  },
  {
    name: 'EURUSD=X',
    step: '1mo',
    from: '2019-06-01T00:00:00Z',
    removed: [['2021-06-01T00:00:00Z', '2021-07-01T00:00:00Z']],
  },
  {
    name: 'R_100',
    step: '1m',
    from: '2024-12-20T00:00:00Z',
    removed: [['2024-12-31T23:59:00Z', '2025-01-01T00:02:00Z']],
  },
  {
    name: 'R_100',
    step: '1h',
    from: '2025-01-20T00:00:00Z',
    removed: [['2025-02-27T22:00:00Z', '2025-03-02T00:00:00Z']],
  },
  {
    name: 'R_100',
    step: '1d',
    from: '2025-01-20T00:00:00Z',
    removed: [['2025-02-27T00:00:00Z', '2025-03-02T00:00:00Z']],
  },
  {
    name: 'R_100',
    step: '1w',
    from: '2025-01-06T00:00:00Z',
    removed: [['2025-02-03T00:00:00Z', '2025-02-10T00:00:00Z']],
  },
  {
    name: 'R_100',
    step: '1mo',
    from: '2024-12-01T00:00:00Z',
    removed: [['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z']],
  },
];

beforeAll(async () => {
  world = await World.start(NOW);
  folder = await world.newFolder(root);
  for (const each of CASES) {
    const truth = await closedTruth(each);
    truths.set(each, truth);
    await putWithout(truth, each);
  }
}, 60_000);
afterAll(() => world.close());

async function closedTruth({ name, step, from }: Case): Promise<Truth> {
  const truth = await world.truth(name, step, from, NOW);
  const closed = truth.time.filter((open) => closeOf(step, open) <= now).length;
  return Object.fromEntries(
    Object.entries(truth).map(([key, values]) => [key, values.slice(0, closed)]),
  ) as unknown as Truth;
}

/** Looked up for every row, under a jest that makes each `Date.parse` dear. */
function removalOf({ removed }: Case): (open: number) => boolean {
  const ranges = removed.map(([from, to]) => [Date.parse(from), Date.parse(to)] as const);
  return (open) => ranges.some(([from, to]) => open >= from && open < to);
}

async function putWithout(truth: Truth, each: Case): Promise<void> {
  const { name, step } = each;
  const isRemoved = removalOf(each);
  const kept = [...truth.time.keys()].filter((i) => !isRemoved(truth.time[i] as number));
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i] as number);
  const columns = ['open', 'high', 'low', 'close', 'volume'] as const;
  const bars = { time: pick(truth.time), columns, values: columns.map((column) => pick(truth[column])) };
  const provenance = { provider: 'import', via: 'import', fetchedAt: NOW, derived: false } as const;
  await openStore(path.join(folder, 'market')).series(name, step).put(bars, provenance);
}

/** Removed bars with none that stayed between are one gap, which New Year cuts. */
function expectedGaps(truth: Truth, each: Case): Gap[] {
  const isRemoved = removalOf(each);
  const runs: { first: number; last: number; bars: number }[] = [];
  let open = false;
  for (const time of truth.time) {
    const gone = isRemoved(time);
    const run = gone && open ? runs.at(-1) : undefined;
    const sameYear = run !== undefined && new Date(run.first).getUTCFullYear() === new Date(time).getUTCFullYear();
    if (sameYear && run !== undefined) {
      run.last = time;
      run.bars++;
    } else if (gone) runs.push({ first: time, last: time, bars: 1 });
    open = gone;
  }
  return runs.map(({ first, last, bars }) => {
    const end = closeOf(each.step, last);
    const instant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
    return {
      start: instant(first),
      end: instant(end),
      bars,
      hours: Math.round(((end - first) / 3_600_000) * 1e6) / 1e6,
      kind: 'missing',
    };
  });
}

interface Entry {
  readonly symbol: string;
  readonly interval: string;
  readonly calendar: string;
  readonly score: number;
  readonly years: readonly {
    readonly expected: number;
    readonly present: number;
    readonly missing: number;
    readonly gaps: readonly Gap[];
  }[];
}

describe('bars taken out of the truth', () => {
  let entries: readonly Entry[];
  let exit: number | null;
  let document: Record<string, unknown>;
  beforeAll(async () => {
    const run = await world.run(folder, 'cache validate-gaps --json');
    exit = run.exit;
    document = JSON.parse(run.stdout);
    entries = document.series as typeof entries;
  }, 30_000);

  it('are findings', () => {
    expect(exit).toBe(3);
    expect(entries).toHaveLength(CASES.length);
  });

  it('are said in the document that is kept, which begins as every job’s does', () => {
    const kept = readFileSync(path.join(folder, 'market', 'validate-metadata.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(document);
    expect(document).toMatchObject({
      ...{ schemaVersion: 1, command: 'cache validate-gaps', status: 'partial', warnings: [] },
      ...{ runId: expect.stringMatching(/^[0-9a-f-]{36}$/), seconds: expect.any(Number) },
      ...{ startedAt: expect.stringMatching(/Z$/), generatedAt: expect.stringMatching(/Z$/) },
      summary: { series: CASES.length, complete: 0, withGaps: CASES.length, damaged: 0 },
    });
  });

  it.each(CASES.map((each) => [`${each.name} ${each.step}`, each] as const))(
    'are all there is to find: %s',
    (_, each) => {
      const truth = truths.get(each) as Truth;
      const entry = entries.find(({ symbol, interval }) => symbol === each.name && interval === each.step);
      expect(entry?.years.flatMap(({ gaps }) => gaps)).toEqual(expectedGaps(truth, each));
      const sum = (key: 'expected' | 'present' | 'missing'): number =>
        entry?.years.reduce((total, year) => total + year[key], 0) ?? -1;
      const gone = truth.time.filter(removalOf(each)).length;
      expect([sum('expected'), sum('present'), sum('missing')]).toEqual([
        truth.time.length,
        truth.time.length - gone,
        gone,
      ]);
      expect(entry?.score).toBeLessThan(100);
    },
  );
});
