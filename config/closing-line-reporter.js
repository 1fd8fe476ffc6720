/** Closes every run with the counts alone on a plain line, for people and programs that read only the end. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    // A suite that could not even be loaded has no tests to count, and must not read as nothing wrong.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
    if (skipped > 0) counts.push(`${skipped} skipped`);
    // Jest puts its own summary after every other reporter; only the exit comes later.
    process.once('exit', () => process.stdout.write(`${counts.join(', ')}\n`));
  }
}
