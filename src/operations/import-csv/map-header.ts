/** Where in a row each thing is; `time` may be two cells (a date and a time of day). */
export interface ColumnMap {
  readonly time: readonly number[];
  readonly values: readonly { readonly name: string; readonly index: number }[];
  /** What the file calls the columns that were taken, and those that were not. */
  readonly taken: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
}

/** Spelled without case, spaces, brackets and underscores; the earlier name wins where a file has several. */
const TIME = [
  'timestamp',
  'opentime',
  'datetime',
  'unix',
  'unixtime',
  'unixtimestamp',
  'epoch',
  'ts',
  't',
  'gmttime',
  'localtime',
];
const BARS: Readonly<Record<string, readonly string[]>> = {
  open: ['open', 'o', 'openprice', 'opening'],
  high: ['high', 'h', 'highprice', 'max'],
  low: ['low', 'l', 'lowprice', 'min'],
  close: ['close', 'c', 'closeprice', 'last', 'price'],
  volume: ['volume', 'v', 'vol', 'basevolume', 'tickvol', 'tickvolume'],
};
const TICKS: Readonly<Record<string, readonly string[]>> = {
  price: ['price', 'p', 'last', 'rate', 'quote'],
  size: ['size', 'qty', 'quantity', 'amount', 'volume', 'vol', 'v', 'q'],
};
const OPTIONAL = new Set(['volume', 'size']);

/** A row of names as columns, or undefined where it does not name a time and every price. */
export function mapHeader(
  row: readonly string[],
  symbol: string,
  ticks: boolean,
  timeColumn?: string,
): ColumnMap | undefined {
  const keys = row.map(keyOf);
  const time = findTime(keys, timeColumn === undefined ? undefined : keyOf(timeColumn));
  const values: { name: string; index: number }[] = [];
  for (const [name, aliases] of Object.entries(ticks ? TICKS : BARS)) {
    const alias = [...aliases, ...(name === 'volume' ? baseVolumes(symbol) : [])].find((each) => keys.includes(each));
    if (alias !== undefined) values.push({ name, index: keys.indexOf(alias) });
    else if (!OPTIONAL.has(name)) return undefined;
  }
  if (time === undefined) return undefined;
  return describe(row, time, ticks ? values : withVolume(values));
}

/** `Volume BTC` beside `Volume USDT`: of BTCUSDT, the volume is counted in BTC. */
function baseVolumes(symbol: string): string[] {
  const key = keyOf(symbol);
  return Array.from({ length: Math.max(0, key.length - 2) }, (_, i) => `volume${key.slice(0, i + 2)}`);
}

/** A file that starts with data: the order everybody uses. */
export function assumeOrder(width: number, ticks: boolean): ColumnMap | undefined {
  const names = ticks ? ['price', 'size'] : ['open', 'high', 'low', 'close', 'volume'];
  if (width < (ticks ? 2 : 5)) return undefined;
  const values = names.map((name, i) => ({ name, index: i + 1 })).filter(({ index }) => index < width);
  const row = Array.from({ length: width }, (_, i) => `column ${i + 1}`);
  return describe(row, [0], ticks ? values : withVolume(values));
}

/** The year-file always has a volume; a source that has none leaves it empty. */
function withVolume(values: readonly { name: string; index: number }[]): { name: string; index: number }[] {
  return values.some(({ name }) => name === 'volume') ? [...values] : [...values, { name: 'volume', index: -1 }];
}

function findTime(keys: readonly string[], wanted: string | undefined): number[] | undefined {
  if (wanted !== undefined) return keys.includes(wanted) ? [keys.indexOf(wanted)] : undefined;
  const alias = TIME.find((each) => keys.includes(each));
  if (alias !== undefined) return [keys.indexOf(alias)];
  const parts = ['date', 'time'].map((each) => keys.indexOf(each)).filter((index) => index >= 0);
  return parts.length === 0 ? undefined : parts;
}

function describe(row: readonly string[], time: readonly number[], values: ColumnMap['values']): ColumnMap {
  const used = new Set([...time, ...values.map(({ index }) => index)]);
  const taken: Record<string, string> = { timestamp: time.map((index) => row[index]).join(' + ') };
  for (const { name, index } of values) if (index >= 0) taken[name] = (row[index] as string).trim();
  return { time, values, taken, ignored: row.filter((_, i) => !used.has(i)).map((name) => name.trim()) };
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
