import { beforeAll, it } from '@jest/globals';

const AT_ONCE = 5;
const LONGEST_MS = 600_000;

/**
 * `it.each`, with its cases run together before the first is judged. Jest's own `it.concurrent` takes the end of one for
 * the end of all, and refuses whatever another imports late from then on.
 */
export function itSideBySide<Row extends readonly [string, ...unknown[]]>(
  title: string,
  rows: readonly Row[],
  run: (...row: [...Row]) => Promise<void>,
): void {
  const ends = new Map<number, PromiseSettledResult<void>>();
  beforeAll(async () => {
    const waiting = rows.entries();
    const work = async (): Promise<void> => {
      for (const [index, row] of waiting)
        ends.set(index, (await Promise.allSettled([run(...([...row] as [...Row]))]))[0]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, LONGEST_MS);
  it.each(rows.map(([name], index) => [name, index] as const))(title, (_, index) => {
    const end = ends.get(index);
    if (end?.status !== 'fulfilled') throw end?.reason ?? new Error('it never ran');
  });
}
