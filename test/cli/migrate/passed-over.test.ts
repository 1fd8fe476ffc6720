import { expect, it } from '@jest/globals';
import { describePassedOver } from '../../../src/cli/migrate/migrate-summary.js';

const refused = (path: string, code: string) => ({ path, code, reason: 'why', loss: false });

it('tells links from what old tools left behind', () => {
  expect(describePassedOver([refused('a', 'LEFTOVER'), refused('b', 'LINK')])).toEqual([
    "Passed over: 1 file or folder of the old tools' own, empty or left over.",
    'Not followed: 1 link or special file: b.',
  ]);
  expect(describePassedOver(['a', 'b', 'c', 'd', 'e'].map((path) => refused(path, 'LINK')))).toEqual([
    'Not followed: 5 links and special files: a, b, c, 2 more (--json names all).',
  ]);
});
