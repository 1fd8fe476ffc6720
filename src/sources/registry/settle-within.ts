/**
 * The promise's outcome, or an error once the time is up. The timer keeps the process alive on purpose: with nothing
 * else to wait for, Node would end it with status 13 in the middle of a plugin that never answers.
 */
export async function settleWithin<T>(promise: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
