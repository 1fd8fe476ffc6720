import { formatInstant } from '../../market/instant.js';
import type { Host } from '../../sources/host/create-host.js';
import { namePlugin } from '../../sources/registry/plugin-facts.js';
import type { PreparedProvider } from '../../sources/registry/prepare-provider.js';
import { missingKey, suggestKey } from '../../sources/registry/read-keys.js';
import type { LoadFailure } from '../../sources/registry/registered.js';
import { settleWithin } from '../../sources/registry/settle-within.js';
import { type Finding, fine, warning, wrong } from './finding.js';

export interface ProbeParts {
  readonly host: (id: string) => Promise<Host>;
  /** The real clock. */
  readonly now: () => number;
  /** Set while the data clock is frozen: then the providers' clocks say nothing about ours. */
  readonly frozen?: boolean;
  readonly patienceMs?: number;
}

/** Bars are judged closed by our clock; within this much, no bar is misjudged that the next run would not mend. */
const SKEW = 10_000;
const PATIENCE = 10_000;
/** Nobody is at fault, and it passes. */
const PASSING = new Set(['THROTTLED', 'QUOTA']);

export function checkFailures(failures: readonly LoadFailure[]): Finding[] {
  return failures.map(({ plugin, reason }) =>
    wrong('plugin', plugin.type === 'file' ? reason : `${namePlugin(plugin)}: ${reason}`, 'almanac providers list'),
  );
}

/** One cheap request to one provider through the host that would fetch its bars. */
export async function probeProvider(prepared: PreparedProvider, parts: ProbeParts): Promise<Finding> {
  const { provider, keys } = prepared;
  const { id } = provider;
  const missing = missingKey(keys);
  if (missing !== undefined) return warning(id, 'needs a key before it can be asked', suggestKey(missing));
  if (!prepared.ready) return wrong(id, prepared.problem, prepared.suggestion ?? `almanac providers info ${id}`);
  if (provider.probe === undefined) return fine(id, 'installed; it offers no way to try it');
  const { now, patienceMs = PATIENCE } = parts;
  try {
    const started = now();
    const late = (): Error => new Error(`does not answer within ${patienceMs / 1000} s`);
    const probing = parts.host(id).then(({ context }) => provider.probe?.(context));
    const probe = await settleWithin(probing, patienceMs, late);
    const ended = now();
    const skew = parts.frozen === true ? undefined : skewOf(probe?.serverTime, started, ended);
    if (skew === undefined) return fine(id, `${probe?.detail ?? 'it answers'} (${ended - started} ms)`);
    const theirs = probe?.serverTime as number;
    const apart = `its clock says ${formatInstant(theirs)}, ours ${formatInstant(ended)}`;
    return warning(id, `answers, but ${apart}`, suggestClock(prepared, theirs));
  } catch (error) {
    return describeFailure(provider, error);
  }
}

/** Undefined where the clocks agree, allowing for the time the answer was on its way. */
function skewOf(serverTime: number | undefined, started: number, ended: number): number | undefined {
  if (serverTime === undefined) return undefined;
  const skew = serverTime < started ? serverTime - started : serverTime > ended ? serverTime - ended : 0;
  return Math.abs(skew) > SKEW ? skew : undefined;
}

function suggestClock(prepared: PreparedProvider & { readonly ready: true }, theirs: number): string {
  const local = prepared.capabilities.hosts.some((host) => /\/\/(127\.|localhost|\[::1\])/.test(host));
  return local ? `export ALMANAC_NOW=${formatInstant(theirs)}` : 'set this machine’s clock (timedatectl status)';
}

function describeFailure({ id, title }: PreparedProvider['provider'], error: unknown): Finding {
  const { code, message, suggestions } = error as { code?: unknown; message?: string; suggestions?: readonly string[] };
  const next = suggestions?.[0] ?? `almanac providers info ${id}`;
  const said = message ?? String(error);
  const detail = said.startsWith(`${title}: `) ? said.slice(title.length + 2) : said;
  return PASSING.has(String(code)) ? warning(id, detail, next) : wrong(id, detail, next);
}

/** Where not one provider that was asked answers, it is hardly their fault. */
export function checkNetwork(asked: readonly Finding[]): Finding[] {
  const tried = asked.filter(({ state, detail }) => state !== 'warning' || !detail.startsWith('needs a key'));
  if (tried.length < 2 || tried.some(({ state }) => state !== 'wrong')) return [];
  return [
    warning('network', 'no provider answers: this machine seems to be offline, or a proxy is needed (HTTPS_PROXY)'),
  ];
}
