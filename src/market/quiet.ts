/** Nobody knows when the next tick is due: what lies further apart than this was perhaps not fetched. */
export const MOST_QUIET = 10 * 60_000;
