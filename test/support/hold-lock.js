// Takes a series' lock and keeps it until it is killed: node hold-lock.js SERIES_FOLDER
import { lockSeries } from '../../dist/store/commit/series-lock.js';
import { nodeFiles } from '../../dist/store/files/node-files.js';

await nodeFiles.makeFolder(process.argv[2]);
await lockSeries(nodeFiles, process.argv[2], { timeoutMs: 0, owner: `pid ${process.pid}, a test` });
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
