/** A list of timeframes, shortest first, as a person takes it in: `ticks, 1m–1d`. */
export function shortenTimeframes(timeframes: readonly string[], unicode: boolean): string {
  const bars = timeframes.filter((timeframe) => timeframe !== 'ticks');
  const [first, last] = [bars[0], bars.at(-1)];
  const span = first === undefined ? [] : bars.length < 3 ? bars : [`${first}${unicode ? '–' : '-'}${last}`];
  return [...(bars.length < timeframes.length ? ['ticks'] : []), ...span].join(', ');
}
