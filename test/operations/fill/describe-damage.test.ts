import { expect, it } from '@jest/globals';
import { describeDamage } from '../../../src/operations/fill/describe-damage.js';
import type { SeriesValidation } from '../../../src/operations/validate/validation.js';

type Gap = SeriesValidation['years'][number]['gaps'][number];

const gap = (kind: Gap['kind'], start: string, end: string): Gap => ({ kind, start, end, bars: 1, hours: 1 });
const judged = (gaps: readonly Gap[], kinds: readonly string[] = []) =>
  ({
    ...{ symbol: 'BTCUSDT', interval: '1h', years: [{ gaps }] },
    warnings: kinds.map((kind) => ({ kind, from: '2023-01-01T00:00:00Z', to: '2024-01-01T00:00:00Z', detail: '' })),
  }) as unknown as SeriesValidation;
const NEXT = 'almanac cache cleanup --cleanup, then almanac cache populate';

it('names the months, and files without a lost row, each once', () => {
  const december = gap('damaged', '2024-12-01T00:00:00Z', '2025-01-01T00:00:00Z');
  expect(describeDamage(judged([december, december]))).toBe(`BTCUSDT 1h is damaged in 2024-12; ${NEXT}`);
  const year = gap('damaged', '2022-01-01T00:00:00Z', '2023-01-01T00:00:00Z');
  expect(describeDamage(judged([year], ['damaged-file']))).toBe(
    `BTCUSDT 1h is damaged in 2022-01 to 2022-12, the file of 2023; ${NEXT}`,
  );
});

it('says nothing of what is only missing, explained or odd', () => {
  const gaps = (['missing', 'explained'] as const).map((kind) =>
    gap(kind, '2024-12-01T00:00:00Z', '2024-12-01T01:00:00Z'),
  );
  expect(describeDamage(judged(gaps, ['outlier']))).toBeUndefined();
});
