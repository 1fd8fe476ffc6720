import { expect, it } from '@jest/globals';
import { retryDocument } from '../../../src/cli/checksums/checksum-document.js';

it('a retry in which no file verified is partial, as its exit status says', () => {
  const failure = {
    ...{ symbol: 'BTCUSDT', interval: '1h', date: '2024-03', provider: 'binance' },
    ...{ action_taken: 'retried_failed', expected_checksum: 'a', actual_checksum: 'b' },
  };
  const job = { runId: 'r', startedAt: new Date(0), warnings: [] };
  const statusOf = (...results: readonly ('verified' | 'failed')[]) =>
    (
      retryDocument(
        results.map((result) => ({ failure, result })),
        job,
      ) as { status: string }
    ).status;
  expect([statusOf('failed', 'failed'), statusOf('verified', 'failed'), statusOf('verified')]).toEqual([
    'partial',
    'partial',
    'complete',
  ]);
});
