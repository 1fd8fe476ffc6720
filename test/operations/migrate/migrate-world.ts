import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LegacyReader } from '../../../src/legacy/reader.js';
import { type AssumedZones, readZones } from '../../../src/operations/migrate/choose-zone.js';
import { openJournal } from '../../../src/operations/migrate/journal.js';
import { type MigrateEvent, migrate } from '../../../src/operations/migrate/migrate.js';
import { openTree } from '../../../src/operations/migrate/open-tree.js';
import type { SourceFilter } from '../../../src/operations/migrate/scan-sources.js';
import { openChecksumRegistry } from '../../../src/store/checksums/open-registry.js';
import type { FilePort } from '../../../src/store/files/file-port.js';
import { nodeFiles } from '../../../src/store/files/node-files.js';
import { openStore } from '../../../src/store/open-store.js';
import { openReports } from '../../../src/store/reports/open-reports.js';
import { type JsonCache, jsonReader } from '../../support/json-reader.js';

const NOW = Date.parse('2026-11-01T12:00:00Z');

/** A file of the old cache, last written at `modified`. */
export function writeOld(
  folder: string,
  name: string,
  content: JsonCache | string,
  modified = '2025-05-01T00:00:00Z',
): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  // The reader looks at what comes before the rows.
  const order = ({ rows, ...rest }: JsonCache) => ({ ...rest, rows });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(order(content)));
  utimesSync(file, new Date(modified), new Date(modified));
}

/** Rows from `start` on, a step apart; `salt` makes them another market's. */
export function rowsFrom(start: string, count: number, stepMs: number, salt = 0): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const open = 100 + (i % 50) / 7 + salt;
    return [Date.parse(start) + i * stepMs, open, open + 2.1, open - 1.3, open + 0.1 * (i % 3), i + 0.123456789];
  });
}

export interface Ran {
  readonly dryRun?: boolean;
  readonly filter?: SourceFilter;
  readonly files?: FilePort;
  readonly events?: MigrateEvent[];
  readonly readers?: readonly LegacyReader[];
  readonly zones?: AssumedZones;
  readonly mostCells?: number;
  readonly signal?: AbortSignal;
}

export async function runMigrate(from: string, cache: string, ran: Ran = {}) {
  const {
    dryRun = false,
    filter = {},
    files = nodeFiles,
    events = [],
    readers = [jsonReader],
    zones = readZones([]),
    mostCells,
    signal,
  } = ran;
  const journal = openJournal(openReports(cache, { files }), from, 'test');
  return migrate(
    {
      tree: openTree(from, { files }),
      readers,
      store: openStore(cache, { files, now: () => NOW }),
      journal,
      registry: openChecksumRegistry(cache, { files }),
      now: NOW,
      report: (event) => events.push(event),
      ...(mostCells === undefined ? {} : { mostCells }),
      signal,
    },
    { dryRun, filter, zones },
  );
}
