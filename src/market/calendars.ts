import { ALWAYS_OPEN, type Calendar } from './calendar.js';
import { XAMS, XBRU, XLIS, XPAR } from './calendars/euronext.js';
import { XETR, XFRA } from './calendars/frankfurt.js';
import { FX, FX_HOLIDAYS } from './calendars/fx-week.js';
import { XHKG } from './calendars/hong-kong.js';
import { XLON } from './calendars/london.js';
import { XNAS, XNYS } from './calendars/new-york.js';
import { XASX } from './calendars/sydney.js';
import { XTKS } from './calendars/tokyo.js';
import { XTSE } from './calendars/toronto.js';

const CALENDARS: readonly Calendar[] = [
  ALWAYS_OPEN,
  FX,
  FX_HOLIDAYS,
  XNYS,
  XNAS,
  XLON,
  XFRA,
  XETR,
  XPAR,
  XAMS,
  XBRU,
  XLIS,
  XTKS,
  XHKG,
  XTSE,
  XASX,
];

export const CALENDAR_IDS: readonly string[] = CALENDARS.map(({ id }) => id);

/** A calendar by its name; undefined where there is none of that name. */
export function findCalendar(id: string): Calendar | undefined {
  return CALENDARS.find((calendar) => calendar.id === id);
}
