import { expect, jest, test } from '@jest/globals';
// @ts-expect-error: a plain JavaScript file of jest's configuration
import ClosingLineReporter from '../../config/closing-line-reporter.js';

const NONE = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test.each([
  [{ numPassedTests: 143 }, '143 passed, 0 failed\n'],
  [{ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }, '5 passed, 1 failed, 3 skipped\n'],
  [{ numPassedTests: 5, numRuntimeErrorTestSuites: 1 }, '5 passed, 1 failed\n'],
])('%j closes with its counts', (counts, line) => {
  const onExit = jest.spyOn(process, 'once').mockReturnValue(process);
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    new ClosingLineReporter().onRunComplete(new Set(), { ...NONE, ...counts });
    const listener = onExit.mock.calls.find(([event]) => event === 'exit')?.[1] as () => void;
    listener();
    expect(write).toHaveBeenLastCalledWith(line);
  } finally {
    onExit.mockRestore();
    write.mockRestore();
  }
});
