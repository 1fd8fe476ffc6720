import { string } from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { warnOfFailures } from '../../cli/providers/load-failures.js';
import { describeFacts } from '../../cli/providers/provider-facts.js';
import { redactor } from '../../cli/terminal/guard-output.js';
import { formatInstant } from '../../market/instant.js';

export default class ProvidersInfo extends BaseCommand {
  static override summary = 'Show one provider: what it has and how far back, its limits, hosts, keys and routes.';
  static override description = 'All of it is what the provider states of itself; nothing is asked of it.';
  static override examples = ['<%= config.bin %> <%= command.id %> binance'];
  static override args = {
    id: string({ description: 'Provider, as `almanac providers list` names it.', required: true }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(ProvidersInfo);
    const { openSources } = await import('../../wiring/open-sources.js');
    const { describeProvider } = await import('../../operations/providers/describe-provider.js');
    const loaded = await this.settings(flags);
    const sources = await openSources({ loaded, config: this.config, now: readDataClock, redactor });
    const facts = describeProvider(
      sources.find(args.id),
      sources.rules,
      readDataClock(),
      loaded.settings.limits[args.id],
    );
    this.printLines(describeFacts(facts, this.terminal()));
    warnOfFailures(this.told, [], [facts]);
    const offers = facts.offers.map(({ timeframe: interval, reachesTo, ...rest }) => ({
      interval,
      reachesTo: reachesTo === null ? null : formatInstant(reachesTo),
      ...rest,
    }));
    return { schemaVersion: 1, ...facts, offers };
  }
}
