import { parseSymbol } from '../../market/symbol.js';
import type { AssetClass, ParsedSymbol } from '../../provider/index.js';
import type { Rule } from '../rule.js';

/** What no exchange has, and what would lead a URL or a path astray. */
const GARBAGE = [
  ...['', ' ', '.', '..', '/', '../../etc/passwd', 'A/../../B', '..%2f..%2fetc', '%2e%2e%2f'],
  ...['BTCUSDT\r\nX-Evil: 1', 'BTCUSDT\n', 'BTC\u0000USDT', 'BTCUSDT?limit=1', 'BTCUSDT&limit=1', 'BTCUSDT#x'],
  ...[
    '<script>alert(1)</script>',
    'BTC USDT',
    'BTC\\USDT',
    '$(id)',
    '`id`',
    "A' OR 1=1",
    '{"a":1}',
    `A${'B'.repeat(1000)}`,
  ],
];

export const pureInstrument: Rule = {
  id: 'instrument-pure',
  name: 'instrument() answers at once, the same each time, and asks nobody',
  async find(lab) {
    const { symbol } = lab.provider.samples.known;
    return lab.inHost({}, async ({ context }, { seen }) => {
      const parsed = Object.freeze(parseSymbol(symbol));
      const answers = [1, 2, 3].map(() => lab.provider.instrument(parsed, context.options));
      const first = answers[0] as unknown;
      if (first instanceof Promise) return { reason: 'instrument() answers with a promise' };
      const [a, b, c] = answers.map((each) => JSON.stringify(each));
      if (a !== b || b !== c)
        return { reason: `instrument() answers ${symbol} differently each time`, evidence: [`${a}`, `${b}`] };
      if (answers[0] !== undefined && answers[0].symbol !== symbol) {
        return { reason: `instrument() renames ${symbol} to ${answers[0].symbol}`, evidence: [`${a}`] };
      }
      return seen.length > 0
        ? { reason: 'instrument() asked the network', evidence: [`sent GET ${seen[0]?.url.href}`] }
        : undefined;
    });
  },
};

export const refusesGarbage: Rule = {
  id: 'instrument-refuses',
  name: 'instrument() refuses what is no symbol: paths, line breaks, queries, markup',
  async find(lab) {
    return lab.inHost({}, async ({ context, capabilities }) => {
      const classes = [...new Set(capabilities.markets.map(({ assetClass }) => assetClass))];
      for (const [text, assetClass] of GARBAGE.flatMap((each) => classes.map((one) => [each, one] as const))) {
        const answer = attempt(() => lab.provider.instrument(asParsed(text, assetClass), context.options));
        if (answer.threw)
          return {
            reason: `instrument() throws for ${JSON.stringify(shorten(text))}`,
            evidence: [String(answer.error)],
          };
        if (answer.value !== undefined) {
          return {
            reason: `instrument() takes ${JSON.stringify(shorten(text))} for one of its own`,
            evidence: [JSON.stringify(answer.value)],
          };
        }
      }
      return undefined;
    });
  },
};

/** As if the symbol grammar had let it through: a provider is the second line. */
function asParsed(text: string, assetClass: AssetClass): ParsedSymbol {
  return { symbol: text, ticker: text, market: undefined, assetClass };
}

function attempt<T>(work: () => T): { threw: false; value: T } | { threw: true; error: unknown } {
  try {
    return { threw: false, value: work() };
  } catch (error) {
    return { threw: true, error };
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
