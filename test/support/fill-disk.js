// Writes onto a disk of its own that is too small, in a mount namespace that ends with this process:
// unshare -m node fill-disk.js MOUNT_POINT KILOBYTES prints, as JSON, what was acknowledged and what is there afterwards.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '../../dist/index.js';

const [disk, kilobytes] = process.argv.slice(2);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk], { encoding: 'utf8' });
if (mounted.status !== 0) {
  process.stdout.write(JSON.stringify({ skipped: mounted.stderr }));
  process.exit(0);
}

const provenance = { provider: 'test', via: 'import', fetchedAt: '2024-06-01T00:00:00Z', derived: false };
const cache = path.join(disk, 'cache');
const series = () => openStore(cache).series('A', '1h');
const steps = [];
let acknowledged = 0;
for (let step = 0; step < 6; step++) {
  const rows = 24 * 20;
  // Digits that do not repeat, so that each step needs several pages.
  const time = Float64Array.from({ length: rows }, (_, i) => Date.UTC(2024, 0, 1) + (step * rows + i) * 3_600_000);
  const columns = ['open', 'close'];
  const values = columns.map((_, c) => time.map((at) => Math.sin(at + c)));
  let code = 'ok';
  try {
    acknowledged += (await series().put({ time, columns, values }, provenance)).added;
  } catch (error) {
    code = error.code ?? String(error);
  }
  const read = await series().read();
  const wrong = read.time.findIndex(
    (at, i) => at !== Date.UTC(2024, 0, 1) + i * 3_600_000 || read.values[1][i] !== Math.sin(at + 1),
  );
  const { damaged } = await series().verify();
  const folder = path.join(cache, 'A', '1h');
  const temps = readdirSync(disk, { recursive: true }).filter((name) => name.endsWith('.tmp'));
  steps.push({
    code,
    acknowledged,
    rows: read.time.length,
    wrong,
    damaged: damaged.length,
    temps: temps.length,
    folder: path.relative(disk, folder),
  });
  if (code !== 'ok') break;
}
process.stdout.write(JSON.stringify({ steps }));
