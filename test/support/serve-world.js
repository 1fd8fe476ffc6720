/** A sandbox in a process of its own, told what to do over IPC: under jest's vm its market would be ten times slower. */

import { createQuirks } from '../../plugins/sandbox/dist/servers/binance-archive/quirks.js';
import { startSandbox } from '../../plugins/sandbox/dist/start-sandbox.js';
import { configFor } from '../../plugins/sandbox/dist/write-config.js';

const { now, options } = JSON.parse(process.argv[2]);
const clock = { now: Date.parse(now) };
const quirks = createQuirks();
const sandbox = await startSandbox({ ...options, now: () => clock.now, 'binance-archive': { quirks } });

const answers = {
  config: () => configFor(sandbox.servers),
  entries: () => sandbox.log.entries,
  clear: () => sandbox.log.clear(),
  fault: (fault) =>
    sandbox.faults.add({ ...fault, ...(fault.match === undefined ? {} : { match: new RegExp(fault.match) }) }),
  quirk: ([file, quirk]) => quirks.add({ match: new RegExp(file), quirk }),
  clearQuirks: () => quirks.clear(),
  clearFaults: () => sandbox.faults.clear(),
  now: (instant) => {
    clock.now = Date.parse(instant);
  },
  truth: ([name, step, start, end]) =>
    sandbox.market.bars(sandbox.market.find(name), step, Date.parse(start), Date.parse(end)),
  ticks: ([name, start, end]) => sandbox.market.ticks(sandbox.market.find(name), Date.parse(start), Date.parse(end)),
  close: () => sandbox.close(),
};

process.on('message', async ({ id, what, say }) => {
  const result = await answers[what](say);
  process.send({ id, result: result ?? null });
  if (what === 'close') process.disconnect();
});
process.send({ id: 0, result: null });
