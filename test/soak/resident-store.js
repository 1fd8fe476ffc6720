/**
 * A program that keeps the library open for the whole soak: it reads every series again and again while others write
 * them, and appends rows of its own. What is wrong goes to its parent, and so does how far it got.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../dist/index.js';
import { columnsOf } from './made-up-rows.js';

const [cache, symbol] = process.argv.slice(2);
const MINUTE = 60_000;
const ROWS_A_PUT = 20;
const origin = { provider: 'soak', via: 'import', fetchedAt: '2026-01-01T00:00:00Z', derived: false };
const BUSY = new Set(['STORE_LOCKED', 'STORE_CONFLICT']);
const store = openStore(cache);
const own = store.series(symbol, '1m');
let rows = 0;
let reads = 0;
let ending = false;

const tell = (what, more) => process.send({ what, ...more });

async function readAll() {
  for (const { symbol: each, timeframe } of await store.list()) {
    const series = `${each} ${timeframe}`;
    try {
      const { time } = await store.series(each, timeframe).read();
      for (let i = 1; i < time.length; i++) {
        if (time[i] <= time[i - 1]) tell('wrong', { series, text: `${series}: row ${i} is out of order` });
      }
      reads++;
    } catch ({ code, message, stack }) {
      if (code === 'NO_DATA') continue;
      tell('wrong', { series, code, text: `${series} cannot be read: ${code ?? stack} ${message}` });
    }
    if (ending) return;
  }
}

async function append() {
  try {
    await own.put(columnsOf(rows, rows + ROWS_A_PUT, MINUTE), origin);
    rows += ROWS_A_PUT;
  } catch ({ code, message, stack }) {
    if (!BUSY.has(code))
      tell('wrong', { series: `${symbol} 1m`, code, text: `cannot append: ${code ?? stack} ${message}` });
  }
}

process.once('disconnect', () => process.exit());
process.on('message', () => {
  ending = true;
});
while (!ending) {
  await readAll();
  await append();
  tell('so far', { rows, reads });
  await pause(1500);
}
// Whatever was hurt meanwhile is put again: rows that are there stay.
await own.put(columnsOf(0, rows, MINUTE), origin);
tell('so far', { rows, reads });
process.disconnect();
