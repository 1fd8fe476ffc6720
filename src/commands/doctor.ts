import { BaseCommand, type GlobalFlags } from '../cli/base-command.js';
import { EXIT } from '../cli/exit-codes.js';
import { readDataClock } from '../cli/input/data-clock.js';
import { renderFindings } from '../cli/providers/render-findings.js';
import { formatBytes } from '../cli/terminal/format.js';
import { redactor } from '../cli/terminal/guard-output.js';
import { hasCode } from '../market/almanac-error.js';
import { type Finding, fine, warning, wrong } from '../operations/doctor/finding.js';
import type { LoadedSettings } from '../settings/settings.js';

/** A second try would only hide what is wrong now. */
const HASTE = { attempts: 1, headMs: 8000, totalMs: 9000 };

export default class Doctor extends BaseCommand {
  static override summary = 'See whether everything Almanac needs is in order, and say what to type where it is not.';
  static override description =
    'Settings, the cache folder, disk space, file locks, Node, and one cheap request to every provider. Nothing is created, and no data is changed. Ends with 0 when nothing is wrong (warnings are not), else with 1.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];

  readonly #findings: Finding[] = [];

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Doctor);
    const machine = await import('../operations/doctor/check-machine.js');
    const { lookAtFolder, tryLocks } = await import('../wiring/look-at-machine.js');
    const loaded = await this.#loadSettings(flags);
    if (loaded !== undefined) {
      const facts = await lookAtFolder(loaded.cacheFolder);
      this.#tell([machine.checkFolder(facts), machine.checkDisk(facts, formatBytes)]);
    }
    this.#tell([machine.checkLocks(await tryLocks()), machine.checkNode(process.version)]);
    if (loaded !== undefined) await this.#askProviders(loaded);
    const states = new Set(this.#findings.map(({ state }) => state));
    process.exitCode = states.has('wrong') ? EXIT.failure : EXIT.done;
    const status = states.has('wrong') ? 'wrong' : states.has('warning') ? 'warning' : 'fine';
    return { schemaVersion: 1, status, checks: this.#findings };
  }

  async #loadSettings(flags: GlobalFlags): Promise<LoadedSettings | undefined> {
    try {
      const loaded = await this.settings(flags);
      this.#tell([fine('settings', loaded.file ?? 'no file; the defaults hold (almanac config init writes one)')]);
      return loaded;
    } catch (error) {
      if (!hasCode(error, 'CONFIG_INVALID')) throw error;
      this.#tell([wrong('settings', (error as Error).message, 'almanac config init --help')]);
      return undefined;
    }
  }

  async #askProviders(loaded: LoadedSettings): Promise<void> {
    const { openSources } = await import('../wiring/open-sources.js');
    const { openLimits } = await import('../wiring/open-limits.js');
    const { checkFailures, checkNetwork, probeProvider } = await import('../operations/doctor/check-providers.js');
    const frozen = Boolean(process.env.ALMANAC_NOW);
    if (frozen)
      this.#tell([warning('clock', `ALMANAC_NOW holds it at ${process.env.ALMANAC_NOW}`, 'unset ALMANAC_NOW')]);
    const { signal, told } = this;
    const state = await openLimits(loaded.cacheFolder);
    const parts = { loaded, config: this.config, now: readDataClock, signal, debug: told.debug, redactor, state };
    const sources = await openSources({ ...parts, patience: HASTE });
    try {
      this.#tell(checkFailures(sources.failures));
      const probing = { host: sources.host, now: Date.now, frozen };
      const asked = sources.providers.map((provider) => probeProvider(provider, probing));
      for (const finding of asked) this.#tell([await finding]);
      signal.throwIfAborted();
      this.#tell(checkNetwork(await Promise.all(asked)));
    } finally {
      await sources.close();
    }
  }

  /** At once, so that a slow provider does not keep the rest from being read. */
  #tell(findings: readonly Finding[]): void {
    this.#findings.push(...findings);
    this.printLines(renderFindings(findings, this.terminal()));
  }
}
