/** Prices nobody ever paid: a random walk that is the same walk every time, so that two runs measure one thing. */
export function madeUpBars(start, end, step, seed = 1) {
  const rows = Math.ceil((end - start) / step);
  const time = new Float64Array(rows);
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(rows));
  const random = seededRandom(seed);
  let cents = 4_000_000;
  for (let i = 0; i < rows; i++) {
    const from = cents;
    cents = Math.max(100_000, cents + Math.round((random() + random() + random() - 1.5) * 4000));
    time[i] = start + i * step;
    open[i] = from / 100;
    close[i] = cents / 100;
    high[i] = (Math.max(from, cents) + Math.floor(random() * 1500)) / 100;
    low[i] = (Math.min(from, cents) - Math.floor(random() * 1500)) / 100;
    volume[i] = Math.floor(random() ** 3 * 9_000_000) / 100_000;
  }
  return { time, columns: ['open', 'high', 'low', 'close', 'volume'], values: [open, high, low, close, volume] };
}

/** mulberry32: 32 bits of state, the same on every machine. */
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
