import type { Context } from 'almanac/provider';
import { z } from 'zod';
import { keyHeader, LARGEST_REPLY, type Options, urlOf } from './options.js';

const list = z.array(z.object({ id: z.string().min(1), symbol: z.string() })).min(1);
const search = z.object({
  coins: z.array(z.object({ id: z.string(), symbol: z.string(), market_cap_rank: z.number().nullish() })),
});

export type Coin = z.output<typeof list>[number];

interface Ranked {
  readonly id: string;
  readonly rank: number;
}

/** A coin this far down is too small to be what everybody means by its ticker. */
const KNOWN_BY_ALL = 1000;
/** How many times further down the runner-up has to be. */
const CLEARLY = 10;

/** One look-up for each ticker and run; a failed one is forgotten, to be tried again. */
const found = new WeakMap<Context<Options>, Map<string, Promise<string>>>();
const lists = new WeakMap<Context<Options>, Promise<readonly Coin[]>>();

/** The id of the coin a ticker means: by the settings, else the only one that has it, else the clearly largest. */
export async function findCoin(ticker: string, context: Context<Options>): Promise<string> {
  const said = Object.entries(context.options.coins).find(([name]) => name.toLowerCase() === ticker);
  if (said !== undefined) return said[1];
  const known = found.get(context) ?? new Map<string, Promise<string>>();
  found.set(context, known);
  const asked = known.get(ticker) ?? askFor(ticker, context);
  known.set(ticker, asked);
  asked.catch(() => known.delete(ticker));
  return asked;
}

export function listCoins(context: Context<Options>): Promise<readonly Coin[]> {
  const url = urlOf(context.options, '/coins/list');
  const asked =
    lists.get(context) ??
    context.http.json({ url, headers: keyHeader(context.options), maxBytes: LARGEST_REPLY }, list);
  lists.set(context, asked);
  asked.catch(() => lists.delete(context));
  return asked;
}

async function askFor(ticker: string, context: Context<Options>): Promise<string> {
  const bearers = (await listCoins(context)).filter(({ symbol }) => symbol.toLowerCase() === ticker);
  const [first, second] = bearers;
  if (first === undefined) {
    throw context.error('SYMBOL_UNKNOWN', `no coin in its list has the ticker ${ticker.toUpperCase()}`);
  }
  if (second === undefined) return first.id;
  const url = urlOf(context.options, '/search', { query: ticker });
  const { coins } = await context.http.json(
    { url, headers: keyHeader(context.options), maxBytes: LARGEST_REPLY },
    search,
  );
  const ids = new Set(bearers.map(({ id }) => id));
  const ranked = coins
    .filter(({ id }) => ids.has(id))
    .map(({ id, market_cap_rank: rank }) => ({ id, rank: rank ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.rank - b.rank);
  const winner = findWinner(ranked);
  if (winner === undefined) throw askWhich(ticker, ranked, bearers, context);
  context.debug(`${ticker.toUpperCase()} is taken for ${winner.id}`, { rank: winner.rank, bearers: bearers.length });
  return winner.id;
}

/** By market capitalisation: among the first thousand, and the next one unranked or ten times further down. */
function findWinner([best, next]: readonly Ranked[]): Ranked | undefined {
  if (best === undefined || best.rank > KNOWN_BY_ALL) return undefined;
  return next === undefined || next.rank >= best.rank * CLEARLY ? best : undefined;
}

function askWhich(
  ticker: string,
  ranked: readonly Ranked[],
  bearers: readonly Coin[],
  context: Context<Options>,
): Error {
  const name = ticker.toUpperCase();
  const ranks = new Map(ranked.filter(({ rank }) => Number.isFinite(rank)).map(({ id, rank }) => [id, rank]));
  const order = [...bearers].sort((a, b) => (ranks.get(a.id) ?? Infinity) - (ranks.get(b.id) ?? Infinity));
  const shown = order
    .slice(0, 6)
    .map(({ id }) => (ranks.has(id) ? `${id} (rank ${ranks.get(id)})` : `${id} (unranked)`));
  const more = order.length > shown.length ? ` and ${order.length - shown.length} more` : '';
  const message = `${bearers.length} coins have the ticker ${name}, and none is clearly the one: ${shown.join(', ')}${more}`;
  const suggestion = `say which in the settings: providers.coingecko.coins = {"${name}": "${order[0]?.id}"}`;
  return context.error('SYMBOL_UNKNOWN', message, { suggestion });
}
