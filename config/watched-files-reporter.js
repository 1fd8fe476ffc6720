import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Fails a run in which Almanac's own code, in any process, took the last name of bytes that were not its own to take. */
export default class WatchedFilesReporter {
  onRunComplete(_contexts, results) {
    const log = process.env.ALMANAC_FILE_WATCH;
    if (log === undefined || !existsSync(log)) return;
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    rmSync(path.dirname(log), { recursive: true });
    const count = lines.reduce((sum, { seen = 0 }) => sum + seen, 0);
    const lost = lines.filter(({ why }) => why !== undefined);
    for (const { why, file, by } of lost) process.stderr.write(`\n${by[0]} ${why}: ${file}\n  ${by.join('\n  ')}\n`);
    process.stderr.write(
      `\nOf ${count} times that Almanac unlinked, replaced or opened a file for writing, ${lost.length} could lose data.\n`,
    );
    // Counted as a suite that could not run: jest then fails, and the closing line says so.
    if (lost.length > 0) results.numRuntimeErrorTestSuites += 1;
  }
}
