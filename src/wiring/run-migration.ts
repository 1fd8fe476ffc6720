import { nameZone, readZones } from '../operations/migrate/choose-zone.js';
import { migrate } from '../operations/migrate/migrate.js';
import { isProved, type Moved, moveProved } from '../operations/migrate/move-proved.js';
import type { SourceFilter } from '../operations/migrate/scan-sources.js';
import { isLoss } from '../operations/migrate/source.js';
import type { Migration } from './open-migration.js';

export interface MigrationOptions {
  readonly dryRun: boolean;
  readonly filter: SourceFilter;
  /** `ZONE` or `PROVIDER=ZONE`, as typed. */
  readonly assumed: readonly string[];
}

/** Runs it, and gives what a person is shown of it; moving comes after, when that person has agreed. */
export async function runMigration({ tools, files, from, backup }: Migration, options: MigrationOptions) {
  const zones = readZones(options.assumed);
  const found = await migrate(tools, { ...options, zones });
  const report = {
    ...found,
    refused: found.refused.map((refusal) => ({ ...refusal, loss: isLoss(refusal) })),
    series: found.series.map((each) => ({
      ...each,
      files: each.files.map((file) => ({ ...file, zone: nameZone(file.source.claim, zones) })),
    })),
  };
  return {
    report,
    proved: found.series.flatMap((each) => each.files).filter(isProved).length,
    async move(): Promise<Moved[]> {
      if (backup === undefined) return [];
      const journal = await tools.journal.read();
      return moveProved({ files, from, backup, series: found.series, journal, signal: tools.signal });
    },
  };
}
