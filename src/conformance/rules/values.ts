import { parseDecimal } from '../../market/decimal.js';
import type { Cell } from '../../provider/index.js';
import type { Rule } from '../rule.js';
import type { SeenRow } from '../run.js';
import { showRow, showSent } from '../show.js';

const PRICES = ['open', 'high', 'low', 'close'] as const;

export const values: Rule = {
  id: 'values',
  name: 'prices are numbers above zero with low ≤ open, close ≤ high, and volume is no less than zero',
  async find(lab) {
    const run = await lab.known();
    for (const row of run.rows) {
      const reason = run.request.timeframe === 'ticks' ? faultOfTick(row) : faultOfBar(row);
      if (reason !== undefined) return { reason, evidence: [showRow(row), ...showSent(run)] };
    }
    return undefined;
  },
};

/** The number in a cell; NaN where it is absent, undefined where it is not a number at all. */
function readCell(cell: Cell): number | undefined {
  if (cell === null || cell === undefined || cell === '') return Number.NaN;
  if (typeof cell === 'string') return parseDecimal(cell);
  return typeof cell === 'number' && (Number.isFinite(cell) || Number.isNaN(cell)) ? cell : undefined;
}

function faultOfTick({ cells }: SeenRow): string | undefined {
  const price = readCell(cells.price);
  return price === undefined || Number.isNaN(price) ? 'a tick has no price that can be read' : undefined;
}

function faultOfBar({ cells }: SeenRow): string | undefined {
  const numbers = new Map(Object.entries(cells).map(([name, cell]) => [name, readCell(cell)]));
  const unread = [...numbers].find(([, value]) => value === undefined);
  if (unread !== undefined) return `${unread[0]} is not a number that can be read strictly`;
  const missing = PRICES.find((name) => !numbers.has(name));
  if (missing !== undefined) return `a bar has no column ${missing}`;
  const [open, high, low, close] = PRICES.map((name) => numbers.get(name) as number) as [
    number,
    number,
    number,
    number,
  ];
  if ([open, high, low, close].some((price) => price <= 0)) return 'a price is not above zero';
  if (low > Math.min(open, close) || high < Math.max(open, close)) return 'open or close lies outside low and high';
  return (numbers.get('volume') ?? 0) < 0 ? 'a volume is below zero' : undefined;
}
