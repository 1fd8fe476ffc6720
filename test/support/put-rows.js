// A writer among others: node put-rows.js FOLDER WRITER COUNT puts COUNT rows, one commit each, and prints each once it is acknowledged.
import { openStore } from '../../dist/index.js';

const [folder, writer, count] = process.argv.slice(2);
const provenance = { provider: `writer-${writer}`, via: 'live', fetchedAt: '2024-06-01T00:00:00Z', derived: false };
const series = openStore(folder).series('A', '1h');

for (let i = 0; i < Number(count); i++) {
  // Writers take turns in time, so that every block is everybody's.
  const time = Float64Array.of(Date.UTC(2024, 0, 28) + (i * 4 + Number(writer)) * 3_600_000);
  await series.put(
    { time, columns: ['open', 'close'], values: [time.map((at) => at / 1000), Float64Array.of(Number(writer))] },
    provenance,
  );
  process.stdout.write(`${time[0]}\n`);
}
