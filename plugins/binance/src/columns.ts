/** What is kept of a row. The close time follows from the timeframe, and the last cell means nothing. */
export const COLUMNS = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'quote_volume',
  'trades',
  'taker_buy_volume',
  'taker_buy_quote_volume',
] as const;

/** Where each stands in a row, on the wire and in a file alike. */
export const CELLS = [1, 2, 3, 4, 5, 7, 8, 9, 10] as const;
export const OPEN_TIME = 0;
export const CLOSE_TIME = 6;
