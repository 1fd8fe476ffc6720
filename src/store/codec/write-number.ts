const POWERS = Float64Array.of(1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8);
/** Up to here every integer over a power of ten is the shortest decimal of the double it divides to. */
const EXACT = 1e15;
/** What fits 32-bit arithmetic, which is several times as fast: all but the largest volumes do. */
const BILLION = 1e9;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
/** `00` to `99`, so that two digits cost one division. */
const PAIRS = new TextEncoder().encode(
  Array.from({ length: 100 }, (_, pair) => String(pair).padStart(2, '0')).join(''),
);

/**
 * A number in its shortest plain spelling, from `at`; where it ends is returned, or -1 where that takes more than
 * arithmetic (sixteen digits, or more than eight decimals), and nothing was written. NaN is an absent cell: no bytes.
 * `decimals[column]` is how many the column needed so far, the best guess for its next value.
 */
export function putNumber(bytes: Uint8Array, at: number, value: number, decimals: Uint8Array, column: number): number {
  if (Number.isNaN(value)) return at;
  const size = value < 0 ? -value : value;
  let places = decimals[column] as number;
  let power = POWERS[places] as number;
  let scaled = Math.round(size * power);
  if (scaled >= EXACT || scaled / power !== size) {
    places = placesOf(size, scaled >= EXACT ? 0 : places + 1);
    if (places < 0) return -1;
    if (places > (decimals[column] as number)) decimals[column] = places;
    power = POWERS[places] as number;
    scaled = Math.round(size * power);
  }
  if (value < 0) bytes[at++] = MINUS;
  const whole = places === 0 ? scaled : Math.floor(scaled / power);
  at = putWhole(bytes, at, whole);
  let fraction = (scaled - whole * power) | 0;
  if (fraction === 0) return at;
  for (let shorter = (fraction / 10) | 0; shorter * 10 === fraction; shorter = (fraction / 10) | 0) {
    fraction = shorter;
    places--;
  }
  bytes[at] = DOT;
  putDigits(bytes, at + 1 + places, fraction, places);
  return at + 1 + places;
}

/** The fewest decimals, of `from` and more, with which nothing of the value is lost; -1 where eight are too few. */
function placesOf(size: number, from: number): number {
  for (let places = from; places < POWERS.length; places++) {
    const power = POWERS[places] as number;
    const scaled = Math.round(size * power);
    if (scaled >= EXACT) return -1;
    if (scaled / power === size) return places;
  }
  return -1;
}

function putWhole(bytes: Uint8Array, at: number, value: number): number {
  if (value < BILLION) {
    const end = at + widthOf(value | 0);
    putDigits(bytes, end, value | 0, end - at);
    return end;
  }
  const billions = Math.floor(value / BILLION) | 0;
  const end = at + widthOf(billions);
  putDigits(bytes, end, billions, end - at);
  putDigits(bytes, end + 9, (value - billions * BILLION) | 0, 9);
  return end + 9;
}

/** So many digits before `end`, with zeros in front. */
function putDigits(bytes: Uint8Array, end: number, value: number, width: number): void {
  let left = value;
  let at = end;
  for (; width >= 2; width -= 2) {
    const rest = (left / 100) | 0;
    const pair = (left - rest * 100) << 1;
    bytes[--at] = PAIRS[pair + 1] as number;
    bytes[--at] = PAIRS[pair] as number;
    left = rest;
  }
  if (width === 1) bytes[at - 1] = ZERO + left;
}

function widthOf(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  return value < 100_000_000 ? (value < 10_000_000 ? 7 : 8) : 9;
}
