import { boolean, integer, string } from '@oclif/core/flags';

/** How to fetch, for every command that does. */
export const fetchFlags = {
  provider: string({ summary: 'Ask this provider, whatever the routes say.', helpValue: 'ID' }),
  'dry-run': boolean({ char: 'n', summary: 'Print the plan and touch nothing.' }),
  concurrency: integer({ summary: 'Most tasks at once for each provider.', min: 1, max: 64, helpValue: 'N' }),
  'no-archive': boolean({ summary: 'Use the live API only, not the bulk files.' }),
  'skip-checksum': boolean({
    summary: 'Do not look at the checksums of bulk files.',
    exclusive: ['proceed-on-checksum-failure'],
  }),
  'proceed-on-checksum-failure': boolean({ summary: 'Store bulk files that fail their checksum too, and say so.' }),
  'max-bandwidth': string({ summary: 'Most bytes a second, all together.', helpValue: '2MB/s' }),
};

export interface FetchFlags {
  readonly provider?: string | undefined;
  readonly 'dry-run'?: boolean;
  readonly force?: boolean;
  readonly concurrency?: number | undefined;
  readonly 'no-archive'?: boolean;
  readonly 'skip-checksum'?: boolean;
  readonly 'proceed-on-checksum-failure'?: boolean;
  readonly 'max-bandwidth'?: string | undefined;
}

/** The flags as the operation knows them. */
export function readFetchOptions(flags: FetchFlags) {
  const checksum = flags['skip-checksum'] ? 'skip' : flags['proceed-on-checksum-failure'] ? 'proceed' : 'require';
  return {
    archive: flags['no-archive'] !== true,
    force: flags.force === true,
    checksum: checksum as 'require' | 'proceed' | 'skip',
    concurrency: flags.concurrency,
  };
}
