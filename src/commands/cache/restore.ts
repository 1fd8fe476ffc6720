import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.js';
import { readDataClock } from '../../cli/input/data-clock.js';
import { jobHead } from '../../cli/job-head.js';
import { formatBytes } from '../../cli/terminal/format.js';

export default class CacheRestore extends BaseCommand {
  static override summary = 'Bring files back from quarantine.';
  static override description =
    'To where they came from, to the byte. The id is in the report of `almanac cache cleanup`: one of the quarantine, its beginning, or that of a finding.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20240131T120000Z-1a2b3c4d',
    '<%= config.bin %> <%= command.id %> 20240131T120000Z-1a2b3c4d --force',
  ];
  static override args = { id: string({ description: 'Id of what is in quarantine.', required: true }) };
  static override flags = {
    force: boolean({ char: 'f', summary: 'What stands in its place goes to quarantine itself.' }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(CacheRestore);
    const startedAt = new Date();
    const { createContext } = await import('../../store/open-store.js');
    const { restore } = await import('../../store/upkeep/restore.js');
    const { cacheFolder: cache } = await this.settings(flags);
    const context = createContext(cache, { now: readDataClock, signal: this.signal });
    const { id, from, files, replaced } = await restore(context, args.id, { force: flags.force });
    const where = from === '' ? '' : `${from}/`;
    this.printLines(files.map(({ name, bytes }) => `${where}${name}\t${formatBytes(bytes)}`));
    if (replaced !== undefined) this.told.info(`What stood there is in quarantine as ${replaced}.`);
    return {
      ...jobHead({ runId: this.told.runId, command: 'cache restore', startedAt }, 'complete'),
      ...{ warnings: [], series: [] },
      id,
      restored: files.map(({ name, bytes, sha256 }) => ({ path: `${where}${name}`, bytes, sha256 })),
      replaced: replaced ?? null,
    };
  }
}
