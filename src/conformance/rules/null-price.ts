import { parseDecimal } from '../../market/decimal.js';
import { askOverRelay } from '../ask-over-relay.js';
import type { Lab } from '../lab.js';
import type { Rule } from '../rule.js';
import type { Run, SeenRow } from '../run.js';
import { showRow, showSent } from '../show.js';
import { NotTried } from '../verdict.js';
import { makeReply, readWhole, type Tamper } from '../watched-transport.js';

export const nullIsNotZero: Rule = {
  id: 'null-is-not-zero',
  name: 'a price that is absent on the wire is absent, not zero',
  async find(lab) {
    const known = await lab.known();
    const price = pricesOf(known.rows[Math.floor(known.rows.length / 2)] as SeenRow)[0];
    if (price === undefined) throw new NotTried('its sample has no price to take away');
    const replaced = { count: 0 };
    const run = await askWithout(price, replaced, lab, known);
    if (replaced.count === 0) throw new NotTried(`the price ${price} is not found on the wire as it is`);
    const zero = run.rows.find(
      (row) => Object.values(row.cells).length > 0 && pricesOf(row).some((each) => each === 0),
    );
    if (zero === undefined) return undefined;
    return {
      reason: `the price ${price} was null on the wire, and became zero`,
      evidence: [showRow(zero), ...showSent(run)],
    };
  },
};

async function askWithout(price: number, replaced: { count: number }, lab: Lab, known: Run): Promise<Run> {
  if (known.requests.length > 0) return lab.ask(known.request, { tamper: takeAway(price, replaced) });
  return (await askOverRelay(lab, known.request, 1, (answer) => spoil(answer, price, replaced))).run;
}

function pricesOf({ cells }: SeenRow): number[] {
  return [cells.open, cells.high, cells.low, cells.close, cells.price].flatMap((cell) => {
    const value = typeof cell === 'string' ? parseDecimal(cell) : cell;
    return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
  });
}

/** Every number of that value, also one written as text, becomes null; in a reply that is not JSON, nothing. */
function takeAway(price: number, replaced: { count: number }): Tamper {
  return async (_index, send) => {
    const reply = await send();
    const text = (await readWhole(reply)).toString('utf8');
    const { 'content-length': _, ...headers } = reply.headers;
    return makeReply(reply.status, spoil(text, price, replaced), headers);
  };
}

function spoil(text: string, price: number, replaced: { count: number }): string {
  const isIt = (value: unknown): boolean =>
    value === price || (typeof value === 'string' && parseDecimal(value.trim()) === price);
  const lose = <T>(value: T): T | null => {
    if (!isIt(value)) return value;
    replaced.count += 1;
    return null;
  };
  try {
    return JSON.stringify(JSON.parse(text, (_key, value: unknown) => lose(value)));
  } catch {
    return text.replace(/(?<=^|[,;\t])[^,;\t\r\n]*(?=[,;\t\r\n]|$)/gm, (cell) => (lose(cell) === null ? '' : cell));
  }
}
