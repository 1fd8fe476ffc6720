/** Rows of two series that open at the same instant. */
export interface Alignment {
  readonly time: Float64Array;
  /** For each shared instant, the row of either series. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
}

/** Both must ascend. */
export function alignTimes(a: Float64Array, b: Float64Array): Alignment {
  const most = Math.min(a.length, b.length);
  const time = new Float64Array(most);
  const rowsOfA = new Uint32Array(most);
  const rowsOfB = new Uint32Array(most);
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) {
      time[shared] = x;
      rowsOfA[shared] = i++;
      rowsOfB[shared++] = j++;
    } else if (x < y) i++;
    else j++;
  }
  return { time: time.subarray(0, shared), a: rowsOfA.subarray(0, shared), b: rowsOfB.subarray(0, shared) };
}

export function pickAt(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number);
}
