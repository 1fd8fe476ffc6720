import { parseSymbol } from '../../market/symbol.js';
import { DAY, stepOf, type Timeframe } from '../../market/timeframe.js';
import { findListing, hasSessions, type Listing } from '../exchange-zone.js';
import type { OldProvider } from '../name-provider.js';
import type { StampZone } from '../reader.js';
import type { SampleRow } from './look-at-table.js';

/** How the stamps of a file are read. */
export interface StampPolicy {
  /** Of stamps that name none; undefined where nobody can say and a person must. */
  readonly zone: string | undefined;
  /** Bars carry their session's date. */
  readonly dates: boolean;
  readonly listing: Listing | undefined;
  /** Some stamps may be the exchange's wall time and others UTC, because the writer changed its mind. */
  readonly eras: boolean;
}

export interface StampFacts {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly provider: OldProvider;
  /** When the file was last written. */
  readonly written: number;
  readonly rows: readonly SampleRow[];
}

export interface Stamps {
  readonly policy: StampPolicy;
  readonly zone: StampZone;
  readonly notes: readonly string[];
  /** True only where no person names the zone. */
  readonly zoneNote?: string;
}

/** What a file's stamps mean, by who wrote them and when. */
export function findStampPolicy({ symbol, timeframe, provider, written, rows }: StampFacts): Stamps {
  const { assetClass } = parseSymbol(symbol);
  const sessions = hasSessions(assetClass);
  const listing = sessions ? findListing(symbol) : undefined;
  const dates = sessions && (stepOf(timeframe) ?? DAY) >= DAY && timeframe !== 'ticks';
  if (rows.length > 0 && rows.every(({ stamp }) => statesZone(stamp))) {
    return { policy: { zone: 'UTC', dates, listing, eras: false }, zone: { kind: 'stated' }, notes: [] };
  }
  const changed = provider.utcSince !== undefined && written >= provider.utcSince;
  const eras = provider.utcSince !== undefined && sessions && (dates || changed);
  // A date is a date: the zone decides nothing, except of bars that are stamped with an hour.
  if (dates) {
    const notes = eras && changed ? ['its days are stamped as dates or as their midnight in UTC; both are read'] : [];
    if (provider.zone === 'exchange' || provider.zone === undefined)
      return { policy: { zone: 'UTC', dates, listing, eras }, zone: { kind: 'exchange' }, notes };
    const { zone } = provider;
    return { policy: { zone, dates, listing, eras }, zone: { kind: 'assumed', zone }, notes };
  }
  if (!sessions) {
    const zone = provider.zone === undefined || provider.zone === 'exchange' ? 'UTC' : provider.zone;
    const stamps = {
      policy: { zone, dates, listing, eras: false },
      zone: { kind: 'assumed', zone },
      notes: [],
    } as const;
    if (provider.zone !== undefined) return stamps;
    return { ...stamps, zoneNote: 'nobody says the zone of its stamps; a market that never closes is read in UTC' };
  }
  if (provider.zone === undefined || (eras && (listing?.calendar === 'fx' || listing === undefined))) {
    const zoneNote = 'nobody says the zone of its stamps: it needs --assume-tz';
    return {
      policy: { zone: undefined, dates, listing, eras: false },
      zone: { kind: 'exchange' },
      notes: [],
      zoneNote,
    };
  }
  if (provider.zone !== 'exchange') {
    const { zone } = provider;
    return { policy: { zone, dates, listing, eras: false }, zone: { kind: 'assumed', zone }, notes: [] };
  }
  const stamps = {
    policy: { zone: listing?.zone, dates, listing, eras },
    zone: { kind: 'exchange' },
    notes: [],
  } as const;
  if (!eras) return stamps;
  const zoneNote =
    "its days are the exchange's wall time or UTC: each is read as the one in which the exchange was open";
  return { ...stamps, zoneNote };
}

/** `…Z`, `…+00:00`, or a number counted from the epoch. */
function statesZone(stamp: string): boolean {
  return (
    /(?:Z|UTC|GMT|:\d{2}(?:\.\d+)?\s*[+-]\d{2}:?\d{2})$/i.test(stamp) ||
    (/^\d{9,}(\.\d+)?$/.test(stamp) && !/^(19|20)\d{6}(\d{6})?$/.test(stamp))
  );
}
