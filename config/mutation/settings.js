/** `npm run mutation`: how much of what could be wrong in the arithmetic and the codec the tests would notice. */
export default {
  // The moon's days are a table: another date in it is another fact, which only the almanacs it was copied from can tell.
  mutate: [
    'src/market/**/*.ts',
    '!src/market/calendars/lunar-days.ts',
    'src/store/codec/*.ts',
    'src/store/year/block.ts',
  ],
  plugins: [new URL('runner.js', import.meta.url).pathname],
  testRunner: 'pure',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  maxTestRunnerReuse: 200,
  timeoutMS: 20_000,
  disableTypeChecks: false,
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { reportTests: false, logTests: false, allowEmojis: false },
  jsonReporter: { fileName: 'coverage/mutation/mutation.json' },
  htmlReporter: { fileName: 'coverage/mutation/index.html' },
  tempDirName: 'coverage/mutation/sandbox',
  ignorePatterns: ['bench', 'docs', 'dist', 'coverage', '/market', 'test/e2e', 'test/hostile'],
  thresholds: { high: 90, low: 80, break: 80 },
};
