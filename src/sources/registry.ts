import type { Hook } from '@oclif/core/hooks';
import type { AnyProvider } from '../provider/index.js';
import { namePlugin, type PluginFacts, readPluginFacts } from './registry/plugin-facts.js';
import { refuseDuplicates } from './registry/refuse-duplicates.js';
import type { LoadFailure, RegisteredProvider, Registry } from './registry/registered.js';
import { settleWithin } from './registry/settle-within.js';

/** A plugin whose package.json names the hook, and a way to run it for this one alone. */
export interface DeclaringPlugin extends PluginFacts {
  readonly hooks: number;
  run(timeoutMs: number): Promise<Hook.Result<unknown>>;
}

const PATIENCE = 10_000;

/** Asks every plugin for its providers, all at once; the order they answer in decides nothing. */
export async function loadProviders(plugins: readonly DeclaringPlugin[], timeoutMs = PATIENCE): Promise<Registry> {
  const answers = await Promise.all(plugins.map((plugin) => askPlugin(plugin, timeoutMs)));
  const { findShapeFault, nameOf } = await import('./registry/check-shape.js');
  const sound: RegisteredProvider[] = [];
  const failures: LoadFailure[] = [];
  for (const { plugin, offered, reasons } of answers) {
    failures.push(...reasons.map((reason) => ({ plugin, reason })));
    for (const value of offered) {
      const fault = findShapeFault(value);
      const id = nameOf(value);
      if (fault === undefined) sound.push({ provider: value as AnyProvider, plugin });
      else failures.push({ plugin, ...(id === undefined ? {} : { provider: id }), reason: fault });
    }
  }
  const unique = refuseDuplicates(sound);
  return {
    providers: unique.providers.sort((a, b) => compare(a.provider.id, b.provider.id)),
    failures: [...failures, ...unique.failures].sort((a, b) => compare(namePlugin(a.plugin), namePlugin(b.plugin))),
  };
}

interface Answer {
  readonly plugin: PluginFacts;
  readonly offered: readonly unknown[];
  readonly reasons: readonly string[];
}

async function askPlugin(declaring: DeclaringPlugin, timeoutMs: number): Promise<Answer> {
  const plugin = readPluginFacts(declaring);
  try {
    // oclif times the hook only, not the import before it, and so gets a little less than the whole.
    const asked = declaring.run(timeoutMs);
    const late = (): Error => new Error(`Timed out after ${timeoutMs} ms.`);
    const { successes, failures } = await settleWithin(asked, timeoutMs + 250, late);
    const reasons = failures.map(({ error }) => describeFailure(error));
    // A misspelt identifier is passed over by oclif without a word: it is neither a success nor a failure.
    if (successes.length + failures.length < declaring.hooks)
      reasons.push('it declares providers but exports none: its package.json names an export that is not there');
    const offered: unknown[] = [];
    for (const { result } of successes) {
      if (Array.isArray(result)) offered.push(...result);
      else reasons.push('what it calls its providers is not a list');
    }
    return { plugin, offered, reasons };
  } catch (error) {
    return { plugin, offered: [], reasons: [describeFailure(error)] };
  }
}

/** A plugin may throw anything at all, and often a page of it. */
function describeFailure(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const [line = ''] = String(message).split('\n', 1);
  const timedOut = /^Timed out after (\d+) ms\.$/.exec(line);
  if (timedOut !== null) return `it did not finish loading within ${Number(timedOut[1]) / 1000} s`;
  const absent = /Cannot find (?:module|package) '([^']+)'/.exec(line)?.[1];
  if (absent !== undefined) return `it lacks ${absent}`;
  return `it failed to load: ${line.slice(0, 300) || 'it does not say why'}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
