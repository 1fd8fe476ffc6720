const HOUR = 3_600_000;
const START = Date.UTC(2023, 0, 1);
const HOURS = 425 * 24;
/** A hole of two days, so that there is something for the coverage strip to show. */
const HOLE = { from: Date.UTC(2023, 8, 12), to: Date.UTC(2023, 8, 14) };

/** Hours of a coin that does not exist, as somebody's old CSV would hold them. */
export function madeUpCsv() {
  const lines = ['timestamp,open,high,low,close,volume'];
  let state = 20230101;
  let cents = 4_200_000;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let hour = 0; hour < HOURS; hour++) {
    const time = START + hour * HOUR;
    const open = cents;
    cents = Math.max(100_000, cents + Math.round((random() + random() - 1) * 30_000));
    const high = Math.max(open, cents) + Math.floor(random() * 9000);
    const low = Math.min(open, cents) - Math.floor(random() * 9000);
    if (time >= HOLE.from && time < HOLE.to) continue;
    const prices = [open, high, low, cents].map((price) => (price / 100).toFixed(2));
    lines.push(`${new Date(time).toISOString()},${prices.join(',')},${(random() * 90).toFixed(3)}`);
  }
  return `${lines.join('\n')}\n`;
}
