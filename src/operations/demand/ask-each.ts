import type { Host } from '../../sources/host/create-host.js';
import { isProviderError, type ProviderError } from '../../sources/provider-error.js';
import type { Ask } from '../populate/ask.js';
import { type AskTools, makeAsks, type Unserved } from '../populate/make-asks.js';
import type { Want } from './want.js';

export interface Asked {
  readonly asks: readonly Ask[];
  readonly unserved: readonly Unserved[];
}

/** Who is asked when a symbol was listed answers in so many lanes at once; the host paces them. */
const LANES = 8;
/** After these a provider is not asked about the next series either: it would only be waited for again. */
const ENDS: readonly string[] = ['THROTTLED', 'QUOTA', 'AUTH', 'BLOCKED'];

/** What `makeAsks` does, for wishes that may name their own provider, many at once and in their order. */
export async function askEach(wants: readonly Want[], tools: AskTools): Promise<Asked> {
  const results: Asked[] = [];
  const ended = new Map<string, ProviderError>();
  const shut = new Map<string, ProviderError>();
  const host = async (id: string): Promise<Host> => {
    const end = ended.get(id);
    if (end !== undefined) throw end;
    return tools.host(id);
  };
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < wants.length; at = next++) {
      const asked = await askOne(wants[at] as Want, { ...tools, host, shut });
      results[at] = asked;
      for (const { error } of asked.unserved)
        if (isProviderError(error) && ENDS.includes(error.code)) ended.set(error.provider, error);
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  return { asks: results.flatMap(({ asks }) => asks), unserved: results.flatMap(({ unserved }) => unserved) };
}

async function askOne(want: Want, tools: AskTools): Promise<Asked> {
  const own: AskTools = {
    ...tools,
    provider: want.provider ?? tools.provider,
    ...(want.begun === true ? { host: async (id) => withoutFirstBar(await tools.host(id)) } : {}),
  };
  const { asks, unserved } = await makeAsks([want], own);
  const { reason, begun } = want;
  return {
    asks: asks.map((ask) => ({
      ...ask,
      // Its own bars from before its provider's reach are there, and what is not cannot be had any more.
      ...(begun === true ? { asked: ask.range } : {}),
      choice: reason === undefined ? ask.choice : { ...ask.choice, reason },
    })),
    unserved,
  };
}

/** The same host with a provider that is not asked when the series began. */
function withoutFirstBar(host: Host): Host {
  return { ...host, provider: Object.create(host.provider, { firstBar: { value: undefined } }) };
}
