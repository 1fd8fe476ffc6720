/** Its failure is met where it is awaited in its turn; until then it is not one that nobody handles. */
export function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
