import { expect, it } from '@jest/globals';
import { isFresh } from '../../../src/operations/validate/keep-validation.js';
import type { SeriesValidation } from '../../../src/operations/validate/validation.js';
import type { YearInfo } from '../../../src/store/face.js';

const judged = { generations: { 2023: 4, 2024: 7 } } as unknown as SeriesValidation;
const isOf = (generations: Readonly<Record<string, number | undefined>>): Promise<boolean> => {
  const years = Object.entries(generations).map(([year, generation]) => ({
    year: Number(year),
    sidecar: generation === undefined ? undefined : { generation },
  }));
  return isFresh(judged, { years: async () => years as unknown as YearInfo[] });
};

it('a judgement holds for exactly the files that were judged', async () => {
  expect(await isOf({ 2023: 4, 2024: 7 })).toBe(true);
  expect(await isOf({ 2023: 4, 2024: 8 })).toBe(false);
  expect(await isOf({ 2023: 4 })).toBe(false);
  expect(await isOf({ 2022: 1, 2023: 4, 2024: 7 })).toBe(false);
  expect(await isOf({ 2023: undefined, 2024: 7 })).toBe(false);
});
