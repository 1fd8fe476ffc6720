const ZONE = 'America/New_York';
const HOUR = 3_600_000;

/**
 * Makes the reader of one reply's stamps of New York's clocks, given in the order of time. The hour that comes twice in
 * November is told apart by that order; one in the hour that never comes in March is undefined.
 */
export async function makeClockReader(): Promise<(stamp: string) => number | undefined> {
  const { formatInTimeZone, fromZonedTime } = await import('date-fns-tz');
  const offsets = new Map<number, readonly number[]>();
  let previous = Number.NEGATIVE_INFINITY;

  /** How far a wall hour lies before its instant: one way, both ways in the hour that comes twice, or no way. */
  const readOffsets = (hour: number): readonly number[] => {
    const shown = new Date(hour).toISOString().slice(0, 19).replace('T', ' ');
    const near = fromZonedTime(shown, ZONE).getTime();
    return [near - HOUR, near, near + HOUR]
      .filter((at) => formatInTimeZone(at, ZONE, 'yyyy-MM-dd HH:mm:ss') === shown)
      .map((at) => at - hour);
  };

  return (stamp) => {
    const wall = Date.parse(`${stamp.replace(' ', 'T')}Z`);
    if (Number.isNaN(wall)) return undefined;
    // Clocks change on the hour, so one look an hour serves all of its minutes.
    const hour = Math.floor(wall / HOUR) * HOUR;
    const known = offsets.get(hour) ?? readOffsets(hour);
    offsets.set(hour, known);
    const [early, late] = known;
    if (early === undefined) return undefined;
    previous = late === undefined || wall + early > previous ? wall + early : wall + late;
    return previous;
  };
}
