/** The status to end with, once somebody ends it: 0 when told to by a program, 130 by Ctrl-C; a second one is final. */
export function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    const stop = (exit: number) => () => {
      process.once('SIGINT', () => process.exit(130));
      resolve(exit);
    };
    process.once('SIGTERM', stop(0));
    process.once('SIGINT', stop(130));
  });
}
