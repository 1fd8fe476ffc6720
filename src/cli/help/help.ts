import { Help } from '@oclif/core/help';
import commandNotFound from '../unknown/command-not-found.js';

/** What somebody types who sees this for the first time. */
const FIRST = [
  ['almanac doctor', 'is everything in order'],
  ['almanac cache populate --symbols BTCUSDT --intervals 1d --dry-run', 'what a first series would take'],
  ['almanac sandbox --config almanac.config.json', 'or try it without network: every provider, made up'],
] as const;

/** oclif's help, with a place to start, and our own word for what is no command. */
export default class AlmanacHelp extends Help {
  override async showHelp(argv: string[]): Promise<void> {
    try {
      await super.showHelp(argv);
    } catch (error) {
      const id = /^Command (.+) not found\.$/.exec((error as Error).message)?.[1];
      if (id === undefined) throw error;
      await commandNotFound({ id, argv: argv.filter((word) => word.startsWith('-')), config: this.config });
    }
  }

  protected override async showRootHelp(): Promise<void> {
    await super.showRootHelp();
    const lines = FIRST.map(([line, what]) => `${line}\n    ${what}`);
    this.log(this.section('START HERE', lines.join('\n')));
    this.log('');
    this.log(`Each command takes --help and --json: ${this.config.bin} cache populate --help`);
  }
}
