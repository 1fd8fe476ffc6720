import type { Series, YearInfo } from '../../store/face.js';

/** The same series with its sidecars read once: who expects and who judges ask for the same ones. */
export function rememberYears(series: Series): Series {
  let years: Promise<YearInfo[]> | undefined;
  return {
    ...series,
    years: () => {
      years ??= series.years();
      return years;
    },
  };
}
