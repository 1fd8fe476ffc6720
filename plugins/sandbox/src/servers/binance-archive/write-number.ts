const { floor, round } = Math;
const ZEROS = '00000000';

/**
 * What `toFixed(places)` would write of a number known to have no more than `decimals`: a month has half a million of
 * them, and two whole numbers are written much faster than one fraction.
 */
export function createNumberWriter(decimals: number, places: number): (value: number) => string {
  const scale = 10 ** decimals;
  const tail = ZEROS.slice(0, places - decimals);
  if (places === 0) return (value) => `${round(value)}`;
  return (value) => {
    const units = round(value * scale);
    const whole = floor(units / scale);
    return decimals === 0 ? `${whole}.${tail}` : `${whole}.${`${scale + units - whole * scale}`.slice(1)}${tail}`;
  };
}
