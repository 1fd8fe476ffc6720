// A writer that is killed at the Nth thing it asks of the disk: node put-and-die.js FOLDER N before|after
import { openStore } from '../../dist/index.js';
import { nodeFiles } from '../../dist/store/files/node-files.js';

const [folder, at, when] = process.argv.slice(2);
const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 31, 20) + 6 * HOUR;
let operations = 0;

async function step(run) {
  const mine = ++operations === Number(at);
  if (mine && when === 'before') process.kill(process.pid, 'SIGKILL');
  try {
    return await run();
  } finally {
    // Also where it failed, as unlinking what a rename has already taken does.
    if (mine) process.kill(process.pid, 'SIGKILL');
  }
}

const dying = (target) =>
  Object.fromEntries(Object.entries(target).map(([name, call]) => [name, (...args) => step(() => call(...args))]));
const files = { ...dying(nodeFiles), open: (path, mode) => step(async () => dying(await nodeFiles.open(path, mode))) };

const time = Float64Array.from({ length: 6 }, (_, i) => START + i * HOUR);
const bars = { time, columns: ['open', 'close'], values: [time.map((t) => t / HOUR), time.map((t) => t / HOUR + 0.5)] };
const provenance = { provider: 'test', via: 'import', fetchedAt: '2024-06-01T00:00:00Z', derived: false };
await openStore(folder, { files }).series('A', '1h').put(bars, provenance);
