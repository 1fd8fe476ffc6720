import type { Context, Listing, Provider, ProvidersHook } from 'almanac/provider';
import { z } from 'zod';
import { bars } from './bars.js';
import { describeCapabilities } from './capabilities.js';
import { listCoins } from './find-coin.js';
import { judgeReply } from './judge.js';
import { keyHeader, type Options, options, planOf, urlOf } from './options.js';
import { recognise } from './symbol.js';

const pong = z.object({ gecko_says: z.string() });

export const coingecko = {
  api: 1,
  id: 'coingecko',
  title: 'CoinGecko',
  site: 'https://docs.coingecko.com',
  options,
  credentials: [
    {
      option: 'apiKey',
      env: ['COINGECKO_PRO_API_KEY', 'COINGECKO_DEMO_API_KEY'],
      required: false,
      url: 'https://www.coingecko.com/en/developers/dashboard',
    },
  ],
  capabilities: describeCapabilities,
  instrument: recognise,
  judge: judgeReply,
  bars,
  instruments: listSymbols,

  async probe(context) {
    await context.http.json({ url: urlOf(context.options, '/ping'), headers: keyHeader(context.options) }, pong);
    const plan = planOf(context.options);
    return { detail: plan === 'none' ? 'up, without a key' : `up, on the ${plan} plan` };
  },

  samples: {
    known: { symbol: 'BTCUSDT', timeframe: '1d', start: '2026-11-02', end: '2026-11-12' },
    unknown: 'XQZNOSUCHUSDT',
  },
} as const satisfies Provider<Options>;

/** Each ticker once, in dollars: which coin a shared one means is found out when it is used. */
async function* listSymbols(context: Context<Options>): AsyncIterable<readonly Listing[]> {
  const coins = await listCoins(context);
  const tickers = [...new Set(coins.map(({ symbol }) => symbol.toLowerCase()))].filter((each) =>
    /^[a-z0-9]{1,15}$/.test(each),
  );
  yield tickers.sort().map((ticker) => ({
    symbol: `${ticker.toUpperCase()}-USD`,
    native: `${ticker}/usd`,
    assetClass: 'crypto',
    active: true,
  }));
}

export const providers: ProvidersHook = async () => [coingecko];
