const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const LENGTH = {
  '1m': 60_000,
  '15m': 900_000,
  '1h': HOUR,
  '4h': 4 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
};

/**
 * What a soak keeps, and how many days of it at its beginning. `truth` says what its rows are held to besides a calm
 * cache's: the market's own prices, where the provider passes those on as they are; `few` are those of a
 * short soak. None reaches back to an outage.
 */
const KEPT = [
  { symbol: 'BTCUSDT', timeframe: '1m', days: 4, truth: true, few: true },
  { symbol: 'BTCUSDT', timeframe: '15m', days: 100, truth: true },
  { symbol: 'BTCUSDT', timeframe: '1h', days: 300, truth: true },
  { symbol: 'BTCUSDT', timeframe: '1d', days: 450, truth: true },
  { symbol: 'ETHUSDT', timeframe: '15m', days: 60, truth: true },
  { symbol: 'ETHUSDT', timeframe: '1h', days: 300, truth: true, few: true },
  { symbol: 'ETHUSDT', timeframe: '1d', days: 450, truth: true },
  { symbol: 'SOLUSDT', timeframe: '1h', days: 200, truth: true, filled: true, few: true },
  { symbol: 'R_100', timeframe: '1m', days: 2, truth: true, few: true },
  { symbol: 'R_100', timeframe: '1h', days: 60, truth: true },
  { symbol: 'frxEURUSD', timeframe: '1h', days: 60, truth: false },
  { symbol: 'AAPL', timeframe: '1d', days: 400, truth: false, few: true },
  { symbol: 'MSFT', timeframe: '1d', days: 400, truth: false },
  { symbol: 'IBM', timeframe: '1w', days: 800, truth: false },
  { symbol: 'ETH-USD', timeframe: '4h', days: 25, truth: false, few: true },
];

/** Not the default routes, so that all five providers have work, and each series one source for good. */
export const ROUTES = [
  { match: 'IBM', intervals: ['*'], providers: ['alpha-vantage'], fill: [] },
  { match: 'ETH-USD', intervals: ['*'], providers: ['coingecko'], fill: [] },
];

export function listSeries(now) {
  const today = Math.floor(now / DAY) * DAY;
  return KEPT.map((each) => ({
    ...each,
    name: `${each.symbol} ${each.timeframe}`,
    length: LENGTH[each.timeframe],
    start: today - each.days * DAY,
  }));
}

export const writeDay = (at) => new Date(at).toISOString().slice(0, 10);

/** The command that brings one series whole, from its first day on. */
export function populateWords({ symbol, timeframe, start }) {
  return ['populate', '--symbols', symbol, '--intervals', timeframe, '--start-date', writeDay(start)];
}
