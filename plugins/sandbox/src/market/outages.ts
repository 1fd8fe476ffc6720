/** Times at which the exchange stood still: `[start, end)` as people would note them. */
export interface Outage {
  readonly start: number;
  readonly end: number;
}

const RECORDED_SPOT = [
  ['2017-09-06T15:45:00Z', '2017-09-06T23:00:00Z'],
  ['2017-12-18T12:15:00Z', '2017-12-18T13:30:00Z'],
  ['2018-01-04T03:00:14.838Z', '2018-01-04T05:00:00Z'],
  ['2018-02-08T00:28:14.788Z', '2018-02-09T09:58:14.800Z'],
  ['2020-02-19T11:35:32.286Z', '2020-02-19T17:30:00Z'],
  ['2020-03-04T09:25:00Z', '2020-03-04T11:30:00Z'],
  ['2020-04-25T02:00:00Z', '2020-04-25T04:30:00Z'],
  ['2020-06-28T02:00:00Z', '2020-06-28T05:30:00Z'],
  ['2020-12-21T14:15:00Z', '2020-12-21T17:30:00Z'],
  ['2020-12-25T02:00:00Z', '2020-12-25T03:00:00Z'],
  ['2021-02-11T03:40:00Z', '2021-02-11T05:00:00Z'],
  ['2021-03-06T02:00:00Z', '2021-03-06T03:30:00Z'],
  ['2021-04-20T02:00:00Z', '2021-04-20T04:30:00Z'],
  ['2021-04-25T04:00:00Z', '2021-04-25T08:45:00Z'],
  ['2023-03-24T12:40:00Z', '2023-03-24T14:00:00Z'],
  ['2024-06-11T02:17:21.250Z', '2024-06-11T02:45:00Z'],
  ['2025-02-03T23:50:00Z', '2025-02-04T00:20:00Z'],
] as const;

const INVENTED_FUTURES = [
  ['2021-05-19T13:05:00Z', '2021-05-19T13:40:00Z'],
  ['2023-11-08T06:20:41.500Z', '2023-11-08T07:00:00Z'],
  ['2025-08-29T06:18:00Z', '2025-08-29T06:33:00Z'],
] as const;

export const SPOT_OUTAGES: readonly Outage[] = RECORDED_SPOT.map(toOutage);
export const FUTURES_OUTAGES: readonly Outage[] = INVENTED_FUTURES.map(toOutage);

function toOutage([start, end]: readonly [string, string]): Outage {
  return { start: Date.parse(start), end: Date.parse(end) };
}
