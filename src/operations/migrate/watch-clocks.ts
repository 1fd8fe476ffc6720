import type { Claim } from '../../legacy/reader.js';

const HOUR = 3_600_000;

/** Whether clocks change in the hour from an instant on. Wall time of two hours is read as that one. */
export type ClockWatch = (instant: number) => boolean;

/** For a file's wall time, in the zone that a person named or else its writer is known for. */
export function watchClocks({ zone: own }: Pick<Claim, 'zone'>, named: string | undefined): ClockWatch {
  const zone = named ?? (own.kind === 'assumed' ? own.zone : 'UTC');
  if (zone === 'UTC') return () => false;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' });
  const hourAt = (instant: number): number => Number(format.format(instant));
  return (instant) => (hourAt(instant) + 1) % 24 !== hourAt(instant + HOUR);
}
