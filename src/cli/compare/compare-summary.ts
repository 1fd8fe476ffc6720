import { formatCount, formatMoment } from '../terminal/format.js';
import { createPaint } from '../terminal/paint.js';
import { renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Compared } from './compare-document.js';

/** Facts first, a line each; then the bars that differ most. */
export function describeComparison(compared: Compared, interval: string, terminal: Terminal): string[] {
  const { symbol, range, sides } = compared;
  const paint = createPaint(terminal.colour);
  const [a, b] = [sides[0].provider, sides[1].provider];
  const title = `${symbol} ${interval}  ${formatMoment(range.start)} to ${formatMoment(range.end)}`;
  const facts = listFacts(compared);
  const table = renderTable([{ title: 'WHAT' }, { title: `${b} against ${a}`, shrinkTo: 30 }], facts, terminal);
  const worst = listWorst(compared);
  if (!terminal.live) return [...table, ...(worst.length === 0 ? [] : ['', ...renderWorst(compared, worst, terminal)])];
  const [, ...lines] = table;
  const below =
    worst.length === 0
      ? ['', paint.dim('No close differs.')]
      : ['', ...renderWorst(compared, worst, terminal).map((line, i) => (i === 0 ? paint.dim(line) : line))];
  return [paint.bold(title), `${b} against ${a}`, '', ...lines, ...below];
}

function listFacts({ sides, comparison, tolerance }: Compared): string[][] {
  const { overlap, ratio, spread, within, correlation, shift, sameGrid, volumeRatio, lacking } = comparison;
  const [a, b] = sides;
  const limit = `${Number((tolerance * 100).toPrecision(6))} %`;
  const from = sides.map(({ provider, cached, fetched }, i) => [
    `bars of ${provider}`,
    `${formatCount(cached + fetched)} (${[
      ...(cached > 0 ? [`${formatCount(cached)} from the cache`] : []),
      ...(fetched > 0 || cached === 0 ? [`${formatCount(fetched)} fetched`] : []),
    ].join(', ')})${tellReach(sides[i]?.reach)}`,
  ]);
  const common = [`in common`, formatCount(overlap)];
  const missing = sides.map(({ provider }, i) => [
    `only missing at ${provider}`,
    tellMissing(lacking[i] as Float64Array),
  ]);
  if (overlap === 0) {
    const why = sameGrid ? 'they have no bar in common' : 'their bars open at different times';
    return [...from, ['in common', `0: ${why}`], ...missing];
  }
  return [
    ...from,
    common,
    ...missing,
    ['closes, usual ratio', `${b.provider} is ${ratio.toFixed(5)} × ${a.provider}`],
    ['closes, usual distance', `${(spread * 100).toFixed(3)} % from that ratio`],
    [`closes within ${limit}`, `${(within * 100).toFixed(1)} %`],
    ['returns, correlation', correlation === undefined ? 'nobody can tell: too few moves' : correlation.toFixed(4)],
    ['shift', tellShift(shift, b.provider)],
    ['volume, usual ratio', volumeRatio === undefined ? 'one of them has none' : volumeRatio.toPrecision(4)],
  ];
}

function tellReach(reach: number | undefined): string {
  return reach === undefined ? '' : `, reaches back to ${formatMoment(reach)}`;
}

function tellMissing(times: Float64Array): string {
  if (times.length === 0) return '0';
  const first = Array.from(times.subarray(0, 3), formatMoment);
  return `${formatCount(times.length)}: ${first.join(', ')}${times.length > first.length ? ' …' : ''}`;
}

function tellShift(shift: number, provider: string): string {
  if (shift === 0) return 'none: they are in step';
  return `${provider} is ${Math.abs(shift)} ${Math.abs(shift) === 1 ? 'bar' : 'bars'} ${shift > 0 ? 'late' : 'early'}`;
}

function listWorst({ comparison }: Compared): string[][] {
  return comparison.worst.map(({ time, closes, difference }) => [
    formatMoment(time),
    tellPrice(closes[0]),
    tellPrice(closes[1]),
    `${difference > 0 ? '+' : ''}${(difference * 100).toFixed(3)} %`,
  ]);
}

/** Without the tail that arithmetic on floats leaves. */
function tellPrice(price: number): string {
  return String(Number(price.toPrecision(10)));
}

function renderWorst({ sides }: Compared, rows: string[][], terminal: Terminal): string[] {
  const close = (provider: string) => ({ title: provider.toUpperCase(), align: 'right' as const, shrinkTo: 10 });
  const columns = [
    { title: 'WORST BARS' },
    close(sides[0].provider),
    close(sides[1].provider),
    { title: 'DIFFERENCE', align: 'right' as const },
  ];
  return renderTable(columns, rows, terminal);
}
