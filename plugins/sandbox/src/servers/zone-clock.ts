const HOUR = 3_600_000;
const clocks = new Map<string, { readonly format: Intl.DateTimeFormat; readonly byHour: Map<number, number> }>();

/** How far ahead of UTC the zone's clocks are at an instant, in ms. Zones change on whole hours, so one answer an hour does. */
export function offsetAt(zone: string, instant: number): number {
  const clock = clocks.get(zone) ?? makeClock(zone);
  const hour = Math.floor(instant / HOUR);
  const known = clock.byHour.get(hour);
  if (known !== undefined) return known;
  const offset = readOffset(clock.format, hour * HOUR);
  clock.byHour.set(hour, offset);
  return offset;
}

/** The instant as the zone's clocks show it: its UTC fields are the wall's. */
export function toWall(zone: string, instant: number): number {
  return instant + offsetAt(zone, instant);
}

/** The instant at which the zone's clocks show this; of an hour that comes twice the first, of one that never comes the next. */
export function fromWall(zone: string, wall: number): number {
  const early = wall - offsetAt(zone, wall - 24 * HOUR);
  const late = wall - offsetAt(zone, wall + 24 * HOUR);
  return toWall(zone, early) === wall ? early : toWall(zone, late) === wall ? late : Math.max(early, late);
}

function makeClock(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const clock = { format, byHour: new Map<number, number>() };
  clocks.set(zone, clock);
  return clock;
}

function readOffset(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
