import type { Bars } from '../../market/bars.js';
import { OHLCV } from '../../market/bars.js';
import { parseFreqtradeName } from '../freqtrade-name.js';
import { type Claim, LegacyError, type LegacyReader, type ReadOptions } from '../reader.js';
import type { SourceTree } from '../source-tree.js';
import { claimTable } from '../text/claim-table.js';
import { lookAtTable } from '../text/look-at-table.js';
import { openText } from '../text/open-text.js';
import { readTableOf } from '../text/read-table.js';
import { unbracket } from '../text/unbracket.js';

const HEADER = ['timestamp', ...OHLCV].join(',');

/** `EXCHANGE/BASE_QUOTE-tf.json[.gz]`: an array of `[ms, open, high, low, close, volume]`. */
export const freqtradeJson: LegacyReader = {
  async recognise(candidate) {
    const named = parseFreqtradeName(candidate.segments);
    // The same names end in `.feather`: what is inside decides.
    if (named === undefined || (candidate.head === '' && candidate.fault === undefined)) return undefined;
    if ('code' in named) return { ...named, layout: 'freqtrade-json' };
    if (candidate.fault !== undefined) return { layout: 'freqtrade-json', code: 'UNREADABLE', reason: candidate.fault };
    const start = candidate.head.trimStart();
    if (/^\[\s*\]\s*$/.test(start)) return { layout: 'freqtrade-json', code: 'EMPTY', reason: 'its array is empty' };
    if (!/^\[\s*\[\s*\d/.test(start))
      return start.startsWith('{')
        ? undefined
        : { layout: 'freqtrade-json', code: 'NOT_BARS', reason: 'it is no array of candles' };
    const lines = start.slice(1).replace(/[[\s]/g, '').replaceAll('],', '\n').replace(/\].*$/, '\n');
    const table = lookAtTable(`${HEADER}\n${lines}`, lines.endsWith('\n'));
    return claimTable(
      candidate,
      {
        layout: 'freqtrade-json',
        symbol: named.symbol,
        timeframe: named.timeframe,
        provider: named.exchange,
        companions: [],
        confidence: 1,
      },
      table === undefined ? undefined : { ...table, plan: { ...table.plan, skip: 0 } },
    );
  },
  read: readRows,
};

async function* readRows(claim: Claim, tree: SourceTree, options: ReadOptions): AsyncGenerator<Bars> {
  let last: number | undefined;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of openText(tree, claim.path, options.signal)) {
      const end = Buffer.from(piece)
        .toString('latin1', Math.max(0, piece.length - 16))
        .trimEnd();
      if (end !== '') last = end.charCodeAt(end.length - 1);
      yield piece;
    }
  };
  yield* readTableOf(unbracket(watched()), claim, options);
  if (last !== 93) throw new LegacyError('UNREADABLE', 'its JSON is cut: the last bracket is missing');
}
