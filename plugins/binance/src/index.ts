import type { Context, Instrument, ParsedSymbol, Provider, ProvidersHook } from 'almanac/provider';
import { z } from 'zod';
import { nameFiles } from './archive-files.js';
import { describe } from './capabilities.js';
import { findFirst } from './find-first.js';
import { listInstruments } from './instruments.js';
import { judge } from './judge.js';
import { listFiles } from './list-files.js';
import { endpointOf, findMarket, MARKETS } from './markets.js';
import { type Options, options } from './options.js';
import { pageThrough } from './page-through.js';
import { readArchive } from './read-archive.js';

const serverTime = z.object({ serverTime: z.number() });

export const binance: Provider<Options> = {
  api: 1,
  id: 'binance',
  title: 'Binance',
  site: 'https://developers.binance.com/docs/binance-spot-api-docs/rest-api',
  options,
  capabilities: describe,
  instrument: recognise,
  judge,
  bars: pageThrough,
  archive: { files: nameFiles, list: listFiles, read: readArchive },
  instruments: listInstruments,
  firstBar: findFirst,
  probe: askTime,
  samples: {
    known: { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-01-08T00:00:00Z', end: '2024-01-15T00:00:00Z' },
    unknown: 'NOSUCHUSDT',
  },
};

export const providers: ProvidersHook = async () => [binance];

function recognise({ symbol, ticker, market: suffix, assetClass }: ParsedSymbol): Instrument | undefined {
  const market = findMarket(suffix);
  if (assetClass !== 'crypto' || market === undefined || !market.ticker.test(ticker)) return undefined;
  return { symbol, native: ticker, assetClass, market: suffix };
}

async function askTime(context: Context<Options>) {
  const [spot] = MARKETS;
  if (spot === undefined) throw new RangeError('there is no spot market');
  const url = endpointOf(spot, context.options, 'time');
  const reply = await context.http.json({ url, pool: spot.pool, cost: { weight: 1 } }, serverTime);
  return { detail: `${url.host} answers`, serverTime: reply.serverTime };
}
