// Adds 1 to a shared document so many times: node count-up.js CACHE TIMES
import { openSharedState } from '../../dist/store/shared-state.js';

const [cache, times] = process.argv.slice(2);
const state = openSharedState(cache, {
  onTrouble: (cause) => {
    process.stderr.write(`${cause}\n`);
    process.exitCode = 1;
  },
});
for (let i = 0; i < Number(times); i++) {
  await state.update('counter', (current) => ({ next: { count: (current?.count ?? 0) + 1 }, result: undefined }));
}
