import type { MakeError } from 'almanac/provider';

/**
 * The library reads text as numbers as far as it goes: "0x10" becomes 0 and "1,000.5" becomes 1. So a chart whose
 * columns hold anything but numbers and nulls never reaches it.
 */
export function refuseStrings(text: string, error: MakeError): void {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    throw error('MALFORMED', 'it answered what is not JSON');
  }
  for (const result of listOf(child(child(payload, 'chart'), 'result'))) {
    refuse(child(result, 'timestamp'), error);
    const indicators = child(result, 'indicators');
    for (const group of [...listOf(child(indicators, 'quote')), ...listOf(child(indicators, 'adjclose'))]) {
      for (const column of Object.values(group ?? {})) refuse(column, error);
    }
  }
}

function refuse(column: unknown, error: MakeError): void {
  const odd = listOf(column).find((value) => value !== null && typeof value !== 'number');
  if (odd !== undefined) throw error('MALFORMED', `it sent ${typeof odd} where a number belongs`);
}

function child(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
