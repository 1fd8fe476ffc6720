/** Where the columns we understand stand in a symbols file; those of others are passed over. */
export interface SymbolsColumns {
  readonly width: number;
  readonly symbol: number;
  readonly market?: number;
  readonly earliest?: number;
  readonly intervals?: number;
}

const UNDERSTOOD = ['market', 'symbol', 'earliest_date', 'available_intervals', 'base_symbol'] as const;
/** At the top of a column that should have been named `symbol`. */
const SLIPS = ['symbols', 'ticker', 'tickers', 'pair', 'pairs', 'instrument'];

type Refuse = (reason: string) => Error;

/** The header's columns in whatever order; undefined where there is none, because the file is a plain list. */
export function readSymbolsHeader(cells: readonly string[], refuse: Refuse): SymbolsColumns | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const twice = UNDERSTOOD.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) throw refuse(`the header names ${twice} twice`);
  const symbol = names.indexOf('symbol');
  if (symbol < 0) {
    if (names.length === 1 && !SLIPS.includes(names[0] as string)) return undefined;
    throw refuse(`a header with a column symbol was wanted; understood are ${UNDERSTOOD.join(', ')}`);
  }
  const [market, earliest, intervals] = (['market', 'earliest_date', 'available_intervals'] as const).map((name) =>
    names.indexOf(name),
  ) as [number, number, number];
  return {
    width: names.length,
    symbol,
    ...(market < 0 ? {} : { market }),
    ...(earliest < 0 ? {} : { earliest }),
    ...(intervals < 0 ? {} : { intervals }),
  };
}
