/** A plain or scientific decimal and nothing else: `Number('')` is 0 and `parseFloat('12abc')` is 12, so neither decides. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** The number a text stands for, or undefined where it is not one (empty, `null`, `0x10`, `1,000.5`, `NaN`, beyond range). */
export function parseDecimal(text: string): number | undefined {
  if (text.length > 400 || !DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The shortest decimal that reads back as the same double, never with an exponent. Not for NaN or infinities. */
export function formatDecimal(value: number): string {
  const text = String(value);
  const e = text.indexOf('e');
  if (e < 0) return text;
  return expand(text.slice(0, e), Number(text.slice(e + 1)));
}

/** `1.25`, -7 → `0.000000125` */
function expand(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
