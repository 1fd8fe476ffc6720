/** The sandbox with a running clock, in a process of its own, told what to do over IPC. */
import { createQuirks } from '../../plugins/sandbox/dist/servers/binance-archive/quirks.js';
import { startSandbox } from '../../plugins/sandbox/dist/start-sandbox.js';
import { configFor } from '../../plugins/sandbox/dist/write-config.js';

const quirks = createQuirks();
let requests = 0;
const sandbox = await startSandbox({
  now: Date.now,
  'binance-archive': { quirks },
  onRequest: () => {
    requests++;
  },
});
// Nobody reads its log, and in an hour it grows large.
setInterval(() => sandbox.log.clear(), 10_000).unref();

const answers = {
  config: () => configFor(sandbox.servers),
  requests: () => requests,
  fault: (fault) => sandbox.faults.add(fault),
  quirk: ([match, quirk]) => quirks.add({ match: new RegExp(match), quirk }),
  calm: () => {
    sandbox.faults.clear();
    quirks.clear();
  },
  truth: ([name, step, start, end]) => sandbox.market.bars(sandbox.market.find(name), step, start, end),
  close: () => sandbox.close(),
};

process.on('message', async ({ id, what, say }) => {
  const result = await answers[what](say);
  process.send({ id, result: result ?? null });
  if (what === 'close') process.disconnect();
});
// A soak that dies takes its market with it.
process.once('disconnect', () => process.exit());
process.send({ id: 0, result: null });
