import { EXIT } from '../exit-codes.js';
import { fitLine } from '../terminal/fit-line.js';
import { formatCount } from '../terminal/format.js';
import { renderHeatMap } from '../terminal/heat-map.js';
import { cleanText, wrapText } from '../terminal/text.js';
import type { View } from '../terminal/view.js';
import { describeUnkept } from './describe-unkept.js';
import { renderGaps } from './gap-table.js';
import { isWhole, type JudgedSeries, missingOf, worstFirst } from './judged-series.js';
import { suggestNext } from './suggest-next.js';

export interface Judgement<D> {
  readonly document: D;
  readonly results: readonly JudgedSeries[];
  readonly failed: readonly {
    readonly symbol: string;
    readonly timeframe: string;
    readonly error: { readonly code: string; readonly message: string };
  }[];
  readonly strangers: readonly string[];
  /** Why a folder could not be looked into, in a sentence each. */
  readonly unread: readonly string[];
  readonly folder: string;
  readonly unkept?: { readonly message: string };
}

const WARNINGS = 5;

/** Shows what was judged, sets the exit status and gives the document as it is kept. */
export function showValidation<D>(end: Judgement<D>, view: View): D {
  const { results, failed, strangers, unread, folder, unkept, document } = end;
  const { told, out } = view;
  if (strangers.length > 0) told.warn(`there is no ${strangers.join(', no ')} in ${folder}`);
  for (const line of [...unread, ...describeDamage(results)]) told.warn(line);
  for (const { symbol, timeframe, error } of failed) told.warn(`${symbol} ${timeframe}: ${error.message}`);
  if (unkept !== undefined) told.warn(describeUnkept(unkept));
  const hurt = unread.length > 0 || failed.some(({ error }) => error.code === 'STORE_DAMAGED');
  const faulty = hurt || results.some((each) => !isWhole(each));
  process.exitCode = faulty ? EXIT.findings : failed.length + strangers.length > 0 ? EXIT.partial : EXIT.done;
  if (results.length === 0) {
    if (failed.length === 0) told.info(`Nothing is kept in ${folder} yet.\n  Try: almanac cache populate --help`);
    return document;
  }
  if (!out.live) {
    view.print(renderGaps(results, out));
    told.info(summarise(results));
    return document;
  }
  const gaps = renderGaps(results, out);
  const warnings = describeWarnings(results, out.width);
  view.print([
    fitLine(summarise(results), out),
    `in ${folder}`,
    '',
    ...renderHeatMap(results, out),
    ...(gaps.length === 0 ? [] : ['', ...gaps]),
    ...(warnings.length === 0 ? [] : ['', ...warnings]),
    ...describeScore(results, out.width),
    ...suggestNext(results),
  ]);
  return document;
}

function summarise(results: readonly JudgedSeries[]): string {
  const whole = results.filter(isWhole).length;
  const missing = results.reduce((sum, each) => sum + missingOf(each), 0);
  const blocks = results.reduce((sum, { read }) => sum + (read?.blocks ?? 0), 0);
  const read = results.reduce((sum, each) => sum + (each.read?.blocksRead ?? 0), 0);
  const head = `${formatCount(results.length)} series, ${formatCount(whole)} complete; ${formatCount(missing)} ${missing === 1 ? 'bar' : 'bars'} missing`;
  return `${head} (${formatCount(read)} of ${formatCount(blocks)} blocks read${read < blocks ? ', counts prove the rest' : ''})`;
}

/** A file that is not what it should be concerns whoever started this, also where a program reads the table. */
function describeDamage(results: readonly JudgedSeries[]): string[] {
  return results.flatMap(({ symbol, interval, warnings }) =>
    warnings.filter(isDamage).map(({ detail }) => cleanText(`${symbol} ${interval}: ${detail}`)),
  );
}

const isDamage = ({ kind }: JudgedSeries['warnings'][number]): boolean => kind === 'damaged-file';

function describeWarnings(results: readonly JudgedSeries[], width: number): string[] {
  const all = results.flatMap(({ symbol, interval, warnings }) =>
    warnings
      .filter((each) => !isDamage(each))
      .map(({ kind, from, detail }) => cleanText(`${symbol} ${interval} ${from.slice(0, 10)} ${kind}: ${detail}`)),
  );
  const rest = all.length - WARNINGS;
  const shown = all.slice(0, WARNINGS).map((line) => wrapText(line, width, '  '));
  return rest > 0 ? [...shown, `… and ${formatCount(rest)} more warnings: --json lists them`] : shown;
}

function describeScore(results: readonly JudgedSeries[], width: number): string[] {
  const [worst] = worstFirst(results);
  if (worst === undefined || worst.score === 100) return [];
  const parts = Object.entries(worst.scoreParts).map(([name, value]) => `${name} ${value}`);
  const line = `${worst.symbol} ${worst.interval} scores lowest: ${worst.score} = ${parts.join(' × ')}`;
  return ['', wrapText(cleanText(line), width, '  ')];
}
