import { dateOf } from './dates.js';

/** Easter Sunday of the western churches: golden number, century and epact give the full moon, and then the Sunday. */
export function easterOf(year: number): number {
  const golden = (year % 19) + 1;
  const century = Math.floor(year / 100) + 1;
  const skippedLeapDays = Math.floor((3 * century) / 4) - 12;
  const moonCorrection = Math.floor((8 * century + 5) / 25) - 5;
  const sunday = Math.floor((5 * year) / 4) - skippedLeapDays - 10;
  let epact = (11 * golden + 20 + moonCorrection - skippedLeapDays + 30) % 30;
  if ((epact === 25 && golden > 11) || epact === 24) epact += 1;
  let moon = 44 - epact;
  if (moon < 21) moon += 30;
  return dateOf(year, 3, moon + 7 - ((sunday + moon) % 7));
}
