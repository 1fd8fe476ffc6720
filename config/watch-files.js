import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const WATCH = path.resolve(import.meta.dirname, '../test/support/watch-files.cjs');

/**
 * Before the first test: every process of this run, jest's own workers and the programs that tests start, is watched
 * for what it does to files. `config/watched-files-reporter.js` tells at the end.
 */
export default function watchFiles() {
  process.env.ALMANAC_FILE_WATCH = path.join(mkdtempSync(path.join(tmpdir(), 'almanac-watch-')), 'files.log');
  // Programs that tests start do without jest's own options, and not without these: test/support/child-options.ts.
  process.env.ALMANAC_FILE_WATCH_OPTIONS = `--require ${JSON.stringify(WATCH)}`;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${process.env.ALMANAC_FILE_WATCH_OPTIONS}`;
  // With one worker, tests run in this very process.
  createRequire(import.meta.url)(WATCH);
}
