import { expect, test } from '@jest/globals';
import type { Agreement } from '../../../src/market/alignment/compare-prices.js';
import { judgeAgreement } from '../../../src/market/alignment/judge-agreement.js';

const ALIKE: Agreement = { overlap: 24, ratio: 1, spread: 0, move: 0.01, correlation: 1, shift: 0, sameGrid: true };

test.each<[Partial<Agreement>, ReturnType<typeof judgeAgreement>]>([
  [{}, undefined],
  [{ sameGrid: false }, 'grid'],
  [{ overlap: 5 }, 'too-little'],
  [{ overlap: 6 }, undefined],
  [{ ratio: 1.0049 }, undefined],
  [{ ratio: 1.0051 }, 'scale'],
  [{ ratio: 1 / 1.0049 }, undefined],
  [{ ratio: 1 / 1.0051 }, 'scale'],
  [{ shift: 1 }, 'shift'],
  [{ shift: -1 }, 'shift'],
  [{ spread: 0.005 }, undefined],
  [{ spread: 0.0051 }, 'scatter'],
  // Half of a usual move is let pass where that is more.
  [{ spread: 0.02, move: 0.04 }, undefined],
  [{ spread: 0.0201, move: 0.04 }, 'scatter'],
  [{ spread: 0.0006, correlation: 0.5 }, undefined],
  [{ spread: 0.0006, correlation: 0.49 }, 'unrelated'],
  [{ spread: 0.0006, correlation: -1 }, 'unrelated'],
  [{ spread: 0.0006, correlation: undefined }, undefined],
  // What is within a tenth of the tolerance hardly moves, and need not move together.
  [{ spread: 0.0005, correlation: -1 }, undefined],
  // The first thing that speaks against it is the one that is told.
  [{ sameGrid: false, overlap: 0, ratio: 2, shift: 1, spread: 1, correlation: -1 }, 'grid'],
  [{ overlap: 0, ratio: 2, shift: 1, spread: 1, correlation: -1 }, 'too-little'],
  [{ ratio: 2, shift: 1, spread: 1, correlation: -1 }, 'scale'],
  [{ shift: 1, spread: 1, correlation: -1 }, 'shift'],
  [{ spread: 1, correlation: -1 }, 'scatter'],
])('%j is %j', (given, expected) => expect(judgeAgreement({ ...ALIKE, ...given }, 0.005)).toBe(expected));
