import { expect, it } from '@jest/globals';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import fc from 'fast-check';
import { fromWall, offsetAt, toWall } from '../src/servers/zone-clock.js';

const zones = fc.constantFrom('America/New_York', 'Europe/London', 'UTC');
const instants = fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(2036, 0, 1) });

it('agrees with another reading of the zones', () => {
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      // Not getTimezoneOffset of the same package: it takes the instant for a wall's time, hours too early or too late.
      const wall = Date.parse(formatInTimeZone(instant, zone, "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"));
      expect(offsetAt(zone, instant)).toBe(wall - instant);
    }),
    { examples: [['America/New_York', Date.parse('2000-04-02T02:00:00Z')]] },
  );
});

it('finds the way back from the wall, but for the hour that comes twice', () => {
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      const back = fromWall(zone, toWall(zone, instant));
      if (back === instant) return;
      expect(instant - back).toBe(3_600_000);
      expect(offsetAt(zone, instant)).not.toBe(offsetAt(zone, back));
    }),
    { numRuns: 2000 },
  );
  const wall = Date.parse('2026-03-09T09:30:00Z');
  expect(fromWall('America/New_York', wall)).toBe(fromZonedTime('2026-03-09T09:30:00', 'America/New_York').getTime());
});
