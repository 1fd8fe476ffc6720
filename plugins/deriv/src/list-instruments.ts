import type { Context, Listing } from 'almanac/provider';
import { z } from 'zod';
import { openSocket } from './channel.js';
import { recognise } from './instrument.js';
import type { Options } from './options.js';

const name = z.string().regex(/^\w{2,30}$/);
const suspended = z.union([z.number(), z.boolean()]).optional();

/** The new API says `underlying_symbol` where the old one says `symbol`. */
const activeSymbols = z.object({
  active_symbols: z.array(
    z.union([
      z.object({ symbol: name, is_trading_suspended: suspended }),
      z
        .object({ underlying_symbol: name, is_trading_suspended: suspended })
        .transform(({ underlying_symbol: symbol, is_trading_suspended }) => ({ symbol, is_trading_suspended })),
    ]),
  ),
});

/** Those of a form that can be asked for; when each was listed, they do not say. */
export async function* listInstruments(context: Context<Options>): AsyncGenerator<readonly Listing[]> {
  const reply = await openSocket(context).ask({ active_symbols: 'brief' }, activeSymbols);
  yield reply.active_symbols.flatMap(({ symbol, is_trading_suspended }) => {
    const instrument = recognise({ symbol, ticker: symbol, market: undefined });
    return instrument === undefined ? [] : [{ ...instrument, active: !is_trading_suspended }];
  });
}
