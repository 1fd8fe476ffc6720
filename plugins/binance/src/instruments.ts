import type { Context, Listing } from 'almanac/provider';
import { z } from 'zod';
import { symbolsFolder } from './archive-files.js';
import { listBucket } from './list-bucket.js';
import { type BinanceMarket, endpointOf, MARKETS } from './markets.js';
import type { Options } from './options.js';

const BATCH = 500;
/** What a contract without a delivery says its delivery is: Christmas 2100. */
const NEVER = Date.UTC(2100, 0);

const exchangeInfo = z.object({
  symbols: z.array(
    z.object({
      symbol: z.string(),
      status: z.string().optional(),
      contractStatus: z.string().optional(),
      onboardDate: z.number().optional(),
      deliveryDate: z.number().optional(),
    }),
  ),
});
type ListedSymbol = z.infer<typeof exchangeInfo>['symbols'][number];

/** Every symbol of every market: those the API knows, then those of which only the archive has a folder left. */
export async function* listInstruments(context: Context<Options>): AsyncGenerator<readonly Listing[]> {
  for (const market of MARKETS) {
    const known = new Set<string>();
    const { symbols } = await context.http.json(
      {
        url: endpointOf(market, context.options, 'exchangeInfo'),
        pool: market.pool,
        cost: { weight: market.exchangeInfoWeight },
      },
      exchangeInfo,
    );
    for (const { symbol } of symbols) known.add(symbol);
    const spelled = symbols.filter(({ symbol }) => market.ticker.test(symbol));
    for (let at = 0; at < spelled.length; at += BATCH)
      yield spelled.slice(at, at + BATCH).map((symbol) => describeSymbol(market, symbol));
    yield* listDelisted(market, known, context);
  }
}

/** The archive keeps what the exchange has long forgotten. */
async function* listDelisted(market: BinanceMarket, known: ReadonlySet<string>, context: Context<Options>) {
  const folder = symbolsFolder(market.folder, 'month');
  for await (const page of listBucket(folder, '', context)) {
    const gone = page.folders
      .map((name) => name.slice(folder.length, -1))
      .filter((native) => !known.has(native) && market.ticker.test(native));
    if (gone.length > 0) yield gone.map((native): Listing => ({ ...nameOf(market, native), active: false }));
  }
}

function describeSymbol(market: BinanceMarket, symbol: ListedSymbol): Listing {
  const { onboardDate, deliveryDate } = symbol;
  return {
    ...nameOf(market, symbol.symbol),
    active: (symbol.status ?? symbol.contractStatus) === 'TRADING',
    ...(onboardDate === undefined || onboardDate <= 0 ? {} : { listedFrom: onboardDate }),
    ...(deliveryDate === undefined || deliveryDate <= 0 || deliveryDate >= NEVER ? {} : { listedUntil: deliveryDate }),
  };
}

function nameOf({ suffix }: BinanceMarket, native: string) {
  const assetClass = 'crypto' as const;
  return suffix === undefined
    ? { symbol: native, native, assetClass }
    : { symbol: `${native}@${suffix}`, native, assetClass, market: suffix };
}
