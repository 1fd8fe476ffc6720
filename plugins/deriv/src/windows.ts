/** Opens in [start, end), ms, on the grid of `step`. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Cuts the range into windows of at most `rows` grid steps, oldest first, so that several can be asked for at once. */
export function* cutWindows({ start, end }: Window, step: number, rows: number): Generator<Window> {
  const last = Math.ceil(end / step) * step;
  for (let at = Math.ceil(start / step) * step; at < last; at += rows * step) {
    yield { start: at, end: Math.min(last, at + rows * step) };
  }
}

/** Runs `read` on a few windows at once, and yields what it gives in the windows' order. */
export async function* readInOrder<W, R>(
  windows: Iterable<W>,
  atOnce: number,
  read: (window: W) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  for (const window of windows) {
    const reading = read(window);
    // Whoever waits for it hears of a failure; nobody may be left to wait when an earlier one has failed.
    reading.catch(() => undefined);
    running.push(reading);
    if (running.length >= atOnce) yield await (running.shift() as Promise<R>);
  }
  while (running.length > 0) yield await (running.shift() as Promise<R>);
}
