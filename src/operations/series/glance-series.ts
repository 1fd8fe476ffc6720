import type { Coverage, Series, Store, YearInfo } from '../../store/face.js';
import { blocksThere } from '../../store/year/blocks-there.js';
import type { Counts } from '../coverage/coverage.js';
import { glanceCoverage } from '../coverage/glance-coverage.js';
import { expectByBars, type Glancing } from '../validate/expect-by-bars.js';
import { rememberYears } from '../validate/remember-years.js';

type Stock = Pick<Coverage, 'blocks' | 'explained'>;

/** How much of a series is there between its ends, by its sidecars, each read once; a year without one is counted. */
async function glanceSeries(series: Series, glancing: Glancing): Promise<Counts | undefined> {
  if (series.timeframe === 'ticks') return undefined;
  const once = rememberYears(series);
  // What a year of a newer format holds, nobody here can say; its bars must not count as missing either.
  if ((await once.years()).some(({ state }) => state === 'newer')) return undefined;
  const { expectation, known } = await expectByBars(once, glancing);
  const stock = stockOf(await once.years()) ?? (await series.coverage());
  return glanceCoverage(stock, expectation, known);
}

/** Files that are open at once: enough that none waits for the disk, and few enough for any limit. */
const AT_ONCE = 32;

/** The same of many, in their order. */
export async function glanceAll(
  store: Pick<Store, 'series'>,
  names: readonly Pick<Series, 'symbol' | 'timeframe'>[],
  glancing: Glancing,
): Promise<(Counts | undefined)[]> {
  const all: (Counts | undefined)[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE);
    all.push(
      ...(await Promise.all(
        some.map(({ symbol, timeframe }) => glanceSeries(store.series(symbol, timeframe), glancing)),
      )),
    );
  }
  return all;
}

function stockOf(years: readonly YearInfo[]): Stock | undefined {
  const sidecars = years.flatMap(({ sidecar }) => sidecar ?? []);
  if (sidecars.length < years.length) return undefined;
  const blocks = years.flatMap(blocksThere);
  return {
    blocks: blocks.map(({ period, rows, first, last }) => {
      return { period, rows, first: Date.parse(first), last: Date.parse(last) };
    }),
    explained: sidecars.flatMap(({ explained }) => explained),
  };
}
