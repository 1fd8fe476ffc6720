// Keep a few bars, ask what is there, read some of it back. Run it with: node docs/library-example.mjs
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { column, openStore } from 'almanac';

const folder = await mkdtemp(join(tmpdir(), 'almanac-example-'));
const store = openStore(folder); // nothing is created until the first put
const hours = store.series('EXAMPLE', '1h');

// Bars are columns: one Float64Array each. Time is the bar's open in milliseconds UTC; an absent value is NaN.
const start = Date.parse('2024-02-29T22:00:00Z');
const bars = {
  time: Float64Array.from([0, 1, 2, 3], (hour) => start + hour * 3_600_000),
  columns: ['open', 'high', 'low', 'close', 'volume'],
  values: [
    Float64Array.of(100, 101, 102.5, 102),
    Float64Array.of(102, 103, 103, 104.25),
    Float64Array.of(99, 100.5, 101, 101.75),
    Float64Array.of(101, 102.5, 102, 104),
    Float64Array.of(5, 7.5, Number.NaN, 3),
  ],
};
const origin = { provider: 'example', via: 'import', fetchedAt: new Date().toISOString(), derived: false };

const first = await hours.put(bars, origin);
const again = await hours.put(bars, origin);
console.log(`added ${first.added}, then ${again.added}`);

// Columns are for arithmetic: no object is made for any row.
const march = await hours.read({ start: Date.parse('2024-03-01T00:00:00Z'), columns: ['close', 'volume'] });
const closes = column(march, 'close');
console.log(`${closes.length} bars in March, highest close ${Math.max(...closes)}`);

// Rows are for reading one at a time.
for await (const { timestamp, close } of hours.rows({ end: start + 3_600_000 })) {
  console.log(new Date(timestamp).toISOString(), close);
}

// What is there, block by block, and whether all of it still proves sound.
const { blocks } = await hours.coverage();
const { damaged } = await hours.verify();
console.log(blocks.map(({ period, rows }) => `${period}: ${rows}`).join(', '), `damaged: ${damaged.length}`);

await rm(folder, { recursive: true });
