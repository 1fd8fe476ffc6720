import { expect, it } from '@jest/globals';
import { cleanupDocument } from '../../../src/cli/cleanup/cleanup-document.js';

it('a cleanup that could mend nothing is partial, as its exit status says', () => {
  const finding = { id: '1', path: 'BTCUSDT/1h', check: 'data', detail: 'it is damaged', action: 'repair' };
  const outcomes = [{ finding, outcome: 'failed' }];
  const facts = {
    report: undefined,
    findings: [finding],
    acted: { outcomes, repaired: 0, quarantined: 0 },
    left: outcomes,
  };
  const job = { runId: 'r', startedAt: new Date(0), cache: '/c' };
  expect(cleanupDocument(facts as never, job as never)).toMatchObject({ status: 'partial', repaired: 0 });
});
