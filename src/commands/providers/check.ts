import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { EXIT } from '../../cli/exit-codes.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { readGuide } from '../../cli/providers/guide-lines.js';
import { renderRule, totalRules } from '../../cli/providers/render-rules.js';
import { redactor } from '../../cli/terminal/guard-output.js';
import { type Column, renderTable } from '../../cli/terminal/table.js';
import type { RuleResult } from '../../conformance/index.js';
import { DAY } from '../../market/timeframe.js';
import type { Limits } from '../../provider/index.js';

const COLUMNS: readonly Column[] = [{ title: 'RULE' }, { title: 'RESULT' }, { title: 'GUIDE' }, { title: 'REASON' }];
/** What all rules together ask, by and large. */
const USUAL_REQUESTS = 30;

export default class ProvidersCheck extends BaseCommand {
  static override summary = 'Try one provider against every rule that a provider has to keep.';
  static override description =
    'Asks it for the sample it names itself, at the pace of its own limits (at once where it is on this machine), and judges what comes before anything is mended. A folder is loaded as it would be once installed, and asked through the server that its package.json names in almanac.check. Nothing is stored. Ends with 3 where a rule is broken.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> binance',
    { description: 'A plugin that you are writing', command: '<%= config.bin %> <%= command.id %> .' },
  ];
  static override args = {
    provider: string({ description: "A provider's id, or the folder of a plugin.", required: true }),
  };
  static override flags = {
    live: boolean({ summary: 'Ask the real service, also where the folder brings a server of its own.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(ProvidersCheck);
    const { openSubject } = await import('../../wiring/open-subject.js');
    const { assertReachable } = await import('../../conformance/assert-reachable.js');
    const { checkProvider } = await import('../../conformance/index.js');
    const { checkPackage } = await import('../../conformance/package-rules.js');
    const loaded = await this.settings(flags);
    const { signal } = this;
    const parts = { loaded, config: this.config, now: readDataClock, redactor, signal };
    const { provider, plugin, folder, given, ...subject } = await openSubject(args.provider, flags.live, parts);
    try {
      const options = { provider, options: given, now: subject.now, pace: subject.local ? 'free' : 'stated' } as const;
      await assertReachable(options, { limit: loaded.settings.limits[provider.id], signal });
      if (!subject.local) this.#warnOfQuota(subject.capabilities.limits);
      const terminal = this.terminal();
      const guideTo = readGuide(this.config.root);
      const rules: (RuleResult & { readonly guide: string })[] = [];
      const show = (result: RuleResult): void => {
        signal.throwIfAborted();
        const rule = { ...result, guide: guideTo(result.rule) };
        rules.push(rule);
        if (terminal.live) this.printLines(renderRule(rule, terminal));
      };
      if (folder !== undefined) for (const result of await checkPackage({ provider, ...folder })) show(result);
      await checkProvider(options, show);
      const plain = rules.map(({ rule, outcome, reason = '', guide }) => [
        ...[rule, outcome, outcome === 'fail' ? guide : '', reason],
      ]);
      if (terminal.live) this.printLines(['', `${provider.id}, ${totalRules(rules)}`]);
      else this.printLines(renderTable(COLUMNS, plain, terminal));
      const failed = rules.some(({ outcome }) => outcome === 'fail');
      if (failed) process.exitCode = EXIT.findings;
      return { schemaVersion: 1, provider: provider.id, plugin, status: failed ? 'fail' : 'pass', rules };
    } finally {
      await subject.close();
    }
  }

  #warnOfQuota({ pools }: Limits): void {
    const daily = Object.values(pools).flatMap(({ windows }) => windows.filter(({ perMs }) => perMs >= DAY));
    const scarce = daily.find(({ max }) => max < 10 * USUAL_REQUESTS);
    if (scarce === undefined) return;
    this.told.warn(`this takes about ${USUAL_REQUESTS} of the ${scarce.max} requests a day that it allows`);
  }
}
