/** What `cache get` printed: rows of the market's truth, in order, none of them torn. Empty where all is well. */
export async function checkRows(market, series, { stdout, exit, signal }) {
  const lines = stdout.split('\n');
  const last = lines.pop();
  if (exit === 0 && signal === null && last !== '') return ['its last line is cut'];
  const [header, ...rows] = lines;
  if (rows.length === 0) return [];
  if (!header.startsWith('timestamp,open,high,low,close')) return [`its header is ${header}`];
  const cells = rows.map((row) => row.split(','));
  const times = cells.map(([time]) => Date.parse(time));
  const unordered = times.findIndex((time, i) => Number.isNaN(time) || (i > 0 && time <= times[i - 1]));
  if (unordered >= 0) return [`row ${unordered} is out of order: ${rows[unordered]}`];
  if (!series.truth || series.filled) return [];
  const truth = await market.truth(series.symbol, series.timeframe, times[0], times.at(-1) + 1);
  const at = new Map([...truth.time].map((time, i) => [time, i]));
  const names = ['open', 'high', 'low', 'close'];
  for (const [row, time] of times.entries()) {
    const i = at.get(time);
    const same = i !== undefined && names.every((name, c) => Number(cells[row][c + 1]) === truth[name][i]);
    if (!same) return [`row ${rows[row]} is not the market's`];
  }
  return [];
}
