import { afterAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';
import { Homes } from './shown/homes.js';
import { listTyped } from './shown/list-typed.js';

const homes = new Homes(temporaryFolder());

afterAll(() => homes.close());

describe('what is shown of old caches does what is said of them', () => {
  it.each(listTyped(['old', 'migrated']).map(({ line, way }) => [line, way] as const))(
    '%s',
    async (line, way) => {
      const { exit, said } = await homes.type(line, way);
      expect({ exit, said }).toEqual({ exit: way.exit ?? 0, said: expect.stringMatching(way.says) });
    },
    120_000,
  );
});
