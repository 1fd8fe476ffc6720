import { expect, it } from '@jest/globals';
import { describeRun } from '../../../src/cli/validate/validation-run.js';

it('a judgement of nothing but what cannot be judged is partial, as its exit status says', () => {
  const error = { code: 'STORE_NEWER', message: 'it is of a newer format' };
  const failed = [{ symbol: 'BTCUSDT', timeframe: '1h', error }];
  const job = { runId: 'r', command: 'cache validate-gaps', startedAt: new Date(0) };
  expect(describeRun({ results: [], failed, strangers: [], unread: [] }, job)).toMatchObject({
    status: 'partial',
    warnings: ['BTCUSDT 1h: it is of a newer format'],
  });
});
