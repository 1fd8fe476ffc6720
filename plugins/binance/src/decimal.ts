const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const LONGEST = 100;

/** A decimal and nothing else: `Number('')` is 0 and `Number('0x10')` is 16. Undefined for what is not one. */
export function parseDecimal(text: string): number | undefined {
  if (text.length > LONGEST || !DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
