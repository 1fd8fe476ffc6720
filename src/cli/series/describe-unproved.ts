/** What is to be said of a series whose files do not all speak for themselves. */
export function describeUnproved({
  symbol,
  timeframe,
  unproved,
  newer,
}: {
  readonly symbol: string;
  readonly timeframe: string;
  readonly unproved: readonly number[];
  readonly newer: readonly number[];
}): string[] {
  const name = `${symbol} ${timeframe}`;
  return [
    ...(unproved.length === 0
      ? []
      : [`${name}: no sidecar fits ${unproved.join(', ')}; almanac cache cleanup says more`]),
    ...(newer.length === 0
      ? []
      : [`${name}: ${newer.join(', ')} is of a newer format, and not counted; npm install --global almanac@latest`]),
  ];
}
