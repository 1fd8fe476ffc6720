import type { FillTools } from '../operations/fill/fill-tools.js';
import { expectSeries } from '../operations/validate/expect-series.js';
import type { ExpectTools } from '../operations/validate/expected-series.js';
import { keepValidation, readValidation } from '../operations/validate/keep-validation.js';
import { validateSeries } from '../operations/validate/validate-series.js';
import type { Store } from '../store/face.js';
import { openReports } from '../store/reports/open-reports.js';

type Judge = Pick<FillTools, 'expect' | 'validate' | 'known' | 'keep'>;

/** Judging as other jobs need it: a series at a time, and the report on disk kept true. */
export function openJudge(store: Store, expecting: ExpectTools): Judge {
  const reports = openReports(store.folder);
  const { now } = expecting;
  const seriesOf: (info: Parameters<Judge['expect']>[0]) => ReturnType<Store['series']> = ({ symbol, timeframe }) =>
    store.series(symbol, timeframe);
  return {
    expect: async (info) => (await expectSeries(seriesOf(info), expecting)).expectation,
    async validate(info, signal) {
      const series = seriesOf(info);
      return validateSeries(series, await expectSeries(series, expecting), { now: now(), signal });
    },
    async known({ symbol, timeframe }) {
      const document = await readValidation(reports);
      return document?.series.find((each) => each.symbol === symbol && each.interval === timeframe);
    },
    async keep(entries) {
      await keepValidation(reports, entries, now());
    },
  };
}
