import { formatInTimeZone } from 'date-fns-tz';
import { type Bars, column } from '../../../src/market/bars.js';
import { formatDecimal } from '../../../src/market/decimal.js';
import { DAY } from '../../../src/market/timeframe.js';

/** Python's shortest repr of a double: `1e-07`, `1.234e-05`, `100.0`. Empty for NaN, as pandas writes it. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return '';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 16))
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const plain = formatDecimal(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** An instant as the wall clock of a zone, written as if it were UTC. */
export function wallOf(instant: number, zone: string): number {
  return zone === 'UTC' ? instant : Date.parse(`${formatInTimeZone(instant, zone, "yyyy-MM-dd'T'HH:mm:ss.SSS")}Z`);
}

/** Stamps as pandas writes an index: dates where all are midnight, seconds, or milliseconds on every row. */
function pandasStamps(walls: readonly number[], suffix = ''): string[] {
  if (suffix === '' && walls.every((wall) => wall % DAY === 0))
    return walls.map((wall) => new Date(wall).toISOString().slice(0, 10));
  const fraction = walls.some((wall) => wall % 1000 !== 0);
  return walls.map(
    (wall) =>
      new Date(wall)
        .toISOString()
        .replace('T', ' ')
        .slice(0, fraction ? 23 : 19) + suffix,
  );
}

export interface PandasOptions {
  /** The first header cell. */
  readonly index?: string;
  /** The bars' wall time. */
  readonly zone?: string;
  /** Said on every row, of stamps in UTC. */
  readonly aware?: boolean;
  /** More columns, by name. */
  readonly more?: Readonly<Record<string, (row: number) => string>>;
}

/** `DataFrame.to_csv` of bars with a time index. */
export function pandasCsv(
  bars: Bars,
  { index = 'timestamp', zone = 'UTC', aware = false, more = {} }: PandasOptions = {},
): string {
  const stamps = pandasStamps(
    [...bars.time].map((time) => wallOf(time, zone)),
    aware ? '+00:00' : '',
  );
  const lines = [[index, ...bars.columns, ...Object.keys(more)].join(',')];
  for (let row = 0; row < bars.time.length; row++) {
    const cells = bars.columns.map((name) => pythonFloat(column(bars, name)[row] as number));
    lines.push([stamps[row], ...cells, ...Object.values(more).map((cell) => cell(row))].join(','));
  }
  return `${lines.join('\n')}\n`;
}
