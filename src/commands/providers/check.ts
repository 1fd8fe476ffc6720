import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/data-clock.js';
import { EXIT } from '../../cli/exit-codes.js';
import { redactor } from '../../cli/guard-output.js';
import { renderRule, totalRules } from '../../cli/render-rules.js';
import { type Column, renderTable } from '../../cli/table.js';
import { hasCode } from '../../market/almanac-error.js';
import { isLoopback } from '../../market/loopback.js';
import { DAY } from '../../market/timeframe.js';
import type { AnyProvider, Limits } from '../../provider/index.js';
import type { Sources } from '../../wiring/open-sources.js';

const COLUMNS: readonly Column[] = [{ title: 'RULE' }, { title: 'RESULT' }, { title: 'REASON' }];

/** Whoever cannot be reached cannot be judged: thirty rules would all say the same. */
const OUT_OF_OUR_HANDS = ['UNAVAILABLE', 'BLOCKED', 'AUTH', 'THROTTLED', 'QUOTA'];
/** What all rules together ask, by and large. */
const USUAL_REQUESTS = 30;
const HASTE = { attempts: 2, headMs: 8000, totalMs: 12_000 };

export default class ProvidersCheck extends BaseCommand {
  static override summary = 'Try one provider against every rule that a provider has to keep.';
  static override description =
    'Asks it for the sample it names itself, at the pace of its own limits (at once where the settings point it at this machine), and judges what comes before anything is mended. Nothing is stored. Ends with 3 where a rule is broken.';
  static override examples = ['<%= config.bin %> <%= command.id %> binance'];
  static override args = {
    id: string({ description: 'Provider, as `almanac providers list` names it.', required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(ProvidersCheck);
    const { openSources } = await import('../../wiring/open-sources.js');
    const { requireReady } = await import('../../sources/registry/require-ready.js');
    const { checkProvider } = await import('../../conformance/index.js');
    const loaded = await this.settings(flags);
    const { signal } = this;
    const sources = await openSources({
      loaded,
      config: this.config,
      now: readDataClock,
      redactor,
      signal,
      patience: HASTE,
    });
    const { provider, given, capabilities, plugin } = requireReady(sources.find(args.id));
    await assertReachable(provider, sources);
    const local = capabilities.hosts.every((host) => isLoopback(new URL(host).hostname));
    if (!local) this.#warnOfQuota(capabilities.limits);
    const terminal = this.terminal();
    const { results } = await checkProvider(
      { provider, options: given, now: readDataClock, pace: local ? 'free' : 'stated' },
      (result) => {
        signal.throwIfAborted();
        if (terminal.live) this.printLines(renderRule(result, terminal));
      },
    );
    const plain = results.map(({ rule, outcome, reason = '' }) => [rule, outcome, reason]);
    if (terminal.live) this.printLines(['', totalRules(results)]);
    else this.printLines(renderTable(COLUMNS, plain, terminal));
    const failed = results.filter(({ outcome }) => outcome === 'fail').length;
    if (failed > 0) process.exitCode = EXIT.findings;
    return { schemaVersion: 1, provider: provider.id, plugin, status: failed > 0 ? 'fail' : 'pass', rules: results };
  }

  #warnOfQuota({ pools }: Limits): void {
    const daily = Object.values(pools).flatMap(({ windows }) => windows.filter(({ perMs }) => perMs >= DAY));
    const scarce = daily.find(({ max }) => max < 10 * USUAL_REQUESTS);
    if (scarce === undefined) return;
    this.told.warn(`this takes about ${USUAL_REQUESTS} of the ${scarce.max} requests a day that it allows`);
  }
}

async function assertReachable(provider: AnyProvider, sources: Sources): Promise<void> {
  try {
    const { context } = await sources.host(provider.id);
    await provider.probe?.(context);
  } catch (error) {
    if (OUT_OF_OUR_HANDS.some((code) => hasCode(error, code))) throw error;
  } finally {
    await sources.close();
  }
}
