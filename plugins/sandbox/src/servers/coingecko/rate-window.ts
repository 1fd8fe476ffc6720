/** A sliding window of real time: undefined when a request may pass, else in how many seconds one may again. */
export function createRateWindow({ max, perMs }: { readonly max: number; readonly perMs: number }) {
  let times: number[] = [];
  return (): number | undefined => {
    const now = Date.now();
    times = times.filter((time) => time > now - perMs);
    if (times.length >= max) return Math.max(1, Math.ceil(((times[0] as number) + perMs - now) / 1000));
    times.push(now);
    return undefined;
  };
}
