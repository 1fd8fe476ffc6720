import { DAY } from '../timeframe.js';
import { dateOf } from './dates.js';
import { easterOf } from './easter.js';
import { createExchange, type ExchangeRules } from './exchange.js';

/** One market in four cities: the same days and hours. The closing auction of five minutes is not counted in. */
const RULES: ExchangeRules = {
  id: 'XPAR',
  zone: 'Europe/Paris',
  known: ['2010-01-01', '2036-01-01'],
  hours: [{ since: '2000-01-01', open: '09:00', close: '17:30' }],
  holidays: (year) => {
    const easter = easterOf(year);
    return [
      dateOf(year, 1, 1),
      easter - 2 * DAY,
      easter + DAY,
      dateOf(year, 5, 1),
      dateOf(year, 12, 25),
      dateOf(year, 12, 26),
    ];
  },
  closures: [],
  shortDays: (year) => [24, 31].map((day) => [dateOf(year, 12, day), { close: '14:00' }]),
};

export const XPAR = createExchange(RULES);
export const XAMS = createExchange({ ...RULES, id: 'XAMS', zone: 'Europe/Amsterdam' });
export const XBRU = createExchange({ ...RULES, id: 'XBRU', zone: 'Europe/Brussels' });
/** An hour behind the others, by its own clocks. */
export const XLIS = createExchange({
  ...RULES,
  id: 'XLIS',
  zone: 'Europe/Lisbon',
  hours: [{ since: '2000-01-01', open: '08:00', close: '16:30' }],
  shortDays: (year) => [24, 31].map((day) => [dateOf(year, 12, day), { close: '13:00' }]),
});
