import type { BarRequest } from '../provider/index.js';
import type { Lab } from './lab.js';
import type { Run } from './run.js';
import { type Spoil, startSocketRelay } from './socket-relay.js';
import { NotTried } from './verdict.js';

export interface RelayedRun {
  readonly run: Run;
  readonly answers: number;
}

/** One asking for bars through a relay: the option that holds the socket's URL is pointed at it. */
export async function askOverRelay(lab: Lab, request: BarRequest, nth = 1, spoil?: Spoil): Promise<RelayedRun> {
  const { name, target } = await findSocketOption(lab);
  const relay = await startSocketRelay(target, nth, spoil);
  try {
    const options = { ...lab.given.options, [name]: relay.url };
    const run = await lab.ask(request, { options, impatient: true });
    return { run, answers: relay.answers() };
  } finally {
    await relay.close();
  }
}

async function findSocketOption(lab: Lab): Promise<{ readonly name: string; readonly target: URL }> {
  const options = await lab.inHost({}, async (host) => host.context.options as Readonly<Record<string, unknown>>);
  const { capabilities } = await lab.subject();
  const origins = new Set(
    capabilities.hosts
      .map((host) => new URL(host))
      .filter(isSocket)
      .map(({ origin }) => origin),
  );
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== 'string' || !URL.canParse(value)) continue;
    const target = new URL(value);
    if (isSocket(target) && origins.has(target.origin)) return { name, target };
  }
  throw new NotTried('it asks over a socket, and none of its options says where: nothing can be put in between');
}

function isSocket({ protocol }: URL): boolean {
  return protocol === 'ws:' || protocol === 'wss:';
}
