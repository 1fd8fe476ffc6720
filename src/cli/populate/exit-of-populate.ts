import { EXIT } from '../exit-codes.js';
import { statusOfPopulate } from './populate-document.js';

type Series = Parameters<typeof statusOfPopulate>[0];
type Unserved = Parameters<typeof statusOfPopulate>[1];

/** What was typed is wrong: nobody can be asked for it as it stands. */
const MISTAKES = ['SYMBOL_UNKNOWN', 'UNSUPPORTED', 'SYMBOL_REFUSED', 'DATE_INVALID', 'CONFIG_INVALID'];
/** Another time, or another source, and it may be there. */
const FOR_NOW = ['QUOTA', 'THROTTLED', 'OUT_OF_REACH'];

/** The exit status of a run, and of a plan in which nothing could be planned. */
export function exitOfPopulate(series: Series, unserved: Unserved): number {
  const status = statusOfPopulate(series, unserved);
  if (status === 'complete') return EXIT.done;
  const codes = [...series.flatMap(({ error }) => error?.code ?? []), ...unserved.map(({ error }) => error.code)];
  const mistaken = codes.length > 0 && codes.every((code) => MISTAKES.includes(code));
  if (mistaken && series.every(({ coverage }) => coverage.present === 0)) return EXIT.usage;
  return status === 'failed' && !codes.every((code) => FOR_NOW.includes(code)) ? EXIT.failure : EXIT.partial;
}
