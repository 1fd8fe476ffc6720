import { expect, it } from '@jest/globals';
import { migrateDocument } from '../../../src/cli/migrate/migrate-document.js';
import { showMigration } from '../../../src/cli/migrate/show-migration.js';
import { describeTerminal } from '../../../src/cli/terminal/terminal.js';
import { fileOf, reportOf, seriesOf } from './migrated-report.js';

const [START, NOTHING] = [Date.UTC(2024, 0, 1), (): void => undefined];
const clash = { time: START, column: 'close', kept: 2, lost: 1 };
const report = reportOf(
  [
    seriesOf('AAAUSDT', [fileOf('a')], { conflicts: 1, clashes: [{ ...clash, keptFrom: 'a', lostFrom: 'a' }] }),
    seriesOf('BBBUSDT', [fileOf('b')], { conflicts: 2, clashes: [{ ...clash, keptFrom: undefined, lostFrom: 'b' }] }),
    seriesOf('CCCUSDT', [fileOf('c', {}, { state: 'failed', reason: 'it changed while it was read' })]),
    seriesOf('DDDUSDT', [fileOf('d', {}, { state: 'failed' })], { error: { code: 'X', message: 'it is locked' } }),
    seriesOf('EEEUSDT', [fileOf('e')], { warnings: ['2024 was repaired'] }),
  ],
  [
    { path: 'f', code: 'UNREADABLE', reason: 'its gzip is cut', loss: true },
    { path: 'g', code: 'EMPTY', reason: 'it has no bytes', loss: false },
  ],
);
const told: string[] = [];
const terminal = describeTerminal({});
showMigration(
  report,
  { from: 'old', cache: 'market', dryRun: false, command: 'almanac cache migrate --from old' },
  {
    ...{ out: terminal, err: terminal, quiet: false, json: false, logFormat: 'human', print: NOTHING },
    told: { runId: 'x', debug: NOTHING, info: NOTHING, error: NOTHING, warn: (text) => told.push(text) },
  },
);

it('are in the document, each that people are told of', () => {
  const job = { runId: 'x', startedAt: new Date(), dryRun: false, from: 'old', cache: 'market', moved: undefined };
  const { warnings } = migrateDocument(report, job);
  expect(warnings).toEqual([
    'c: it changed while it was read',
    'DDDUSDT 1h: it is locked',
    'EEEUSDT 1h: 2024 was repaired',
    'AAAUSDT 1h: 1 row differs; what is in the cache stays, then the newest file, in a file its last row',
    'BBBUSDT 1h: 2 rows differ; what is in the cache stays, then the newest file, in a file its last row',
    'Not taken: 1 file.',
  ]);
  const sentences = told.flatMap((text) => text.split('\n')).filter((line) => !line.startsWith(' '));
  expect(sentences).toEqual(warnings);
});

it('say which row of one file stays', () => {
  expect(told.join('\n')).toContain('close 2 (a) stays, 1 (another row) does not');
  expect(told.join('\n')).toContain('close 2 (the cache) stays, 1 (b) does not');
});
