export const HOUR = 3_600_000;

export type Cells = (number | string | null)[];

/** A bar as the API writes it. */
export const row = (open: number, close = open + HOUR - 1, price = '100.50000000'): Cells => [
  open,
  price,
  '101.00000000',
  '99.5',
  '100',
  '12.5',
  close,
  '1256.25',
  42,
  '6',
  '603',
  '83431971.04346950',
];
