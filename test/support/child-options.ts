/** `NODE_OPTIONS` of a program that a test starts: without jest's own, and watched like everything in a test run. */
export const CHILD_OPTIONS = process.env.ALMANAC_FILE_WATCH_OPTIONS ?? '';
