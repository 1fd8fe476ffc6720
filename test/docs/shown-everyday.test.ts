import { afterAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temp-folder.js';
import { Homes } from './shown/homes.js';
import { listTyped } from './shown/list-typed.js';

const homes = new Homes(temporaryFolder());

afterAll(() => homes.close());

const shown = listTyped(['settled', 'filled', 'minutes', 'declared', 'empty']);

describe('what is shown of every day does what is said of it', () => {
  it.concurrent.each(shown.map(({ line, at, way }) => [line, at[0], way] as const))(
    '%s (%s)',
    async (line, _, way) => {
      const { exit, said } = await homes.type(line, way);
      expect({ exit, said }).toEqual({ exit: way.exit ?? 0, said: expect.stringMatching(way.says) });
    },
    120_000,
  );
});
