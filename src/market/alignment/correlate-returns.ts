const FEWEST = 3;
/** Moves that differ by less are the same move: what lies between is rounding, and has no rank. */
const ROUNDING = 1e-9;

/**
 * How alike two series move, −1 to 1, by the ranks of their moves from bar to bar: one wild bar is one rank.
 * Undefined where there are too few moves, or where one of them never moves at all.
 */
export function correlateReturns(a: Float64Array, b: Float64Array): number | undefined {
  const moves: [number, number][] = [];
  for (let row = 1; row < a.length; row++) {
    const x = Math.log((a[row] as number) / (a[row - 1] as number));
    const y = Math.log((b[row] as number) / (b[row - 1] as number));
    if (Number.isFinite(x) && Number.isFinite(y)) moves.push([Math.round(x / ROUNDING), Math.round(y / ROUNDING)]);
  }
  if (moves.length < FEWEST) return undefined;
  return correlate(rank(moves.map(([x]) => x)), rank(moves.map(([, y]) => y)));
}

/** Equal values share the middle of their ranks. */
function rank(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((i, j) => (values[i] as number) - (values[j] as number));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let at = from; at < to; at++) ranks[order[at] as number] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

function correlate(x: Float64Array, y: Float64Array): number | undefined {
  const middle = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [(x[i] as number) - middle, (y[i] as number) - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? undefined : xy / Math.sqrt(xx * yy);
}
