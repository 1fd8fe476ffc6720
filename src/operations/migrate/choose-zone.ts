import { nameProvider } from '../../legacy/name-provider.js';
import type { Claim } from '../../legacy/reader.js';
import { AlmanacError } from '../../market/almanac-error.js';

/** Zones a person named for stamps that name none: for one provider, or for all. */
export interface AssumedZones {
  readonly all?: string | undefined;
  readonly byProvider: ReadonlyMap<string, string>;
}

/** `ZONE`, or `PROVIDER=ZONE` with a provider's name as the old tools or we write it. */
export function readZones(texts: readonly string[]): AssumedZones {
  let all: string | undefined;
  const byProvider = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf('=');
    const zone = checkZone(text.slice(at + 1));
    if (at < 0) all = zone;
    else byProvider.set(nameProvider(text.slice(0, at)).name, zone);
  }
  return { all, byProvider };
}

function checkZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new AlmanacError('USAGE', `${JSON.stringify(zone)} is not a time zone`, {
      suggestions: ['--assume-tz yahoo=America/New_York, as the IANA list names zones'],
    });
  }
}

/** The zone a person wants a file's stamps read in; undefined leaves it to the claim. A stated zone is never overruled. */
export function chooseZone({ zone, provider }: Claim, assumed: AssumedZones): string | undefined {
  if (zone.kind === 'stated') return undefined;
  return assumed.byProvider.get(provider) ?? assumed.all;
}

/** With what is to be said of its zone: nothing, where a person has named it. */
export function noteZone(claim: Claim, assumed: AssumedZones): Claim {
  const { zoneNote, notes } = claim;
  if (zoneNote === undefined || chooseZone(claim, assumed) !== undefined) return claim;
  return { ...claim, notes: [...notes, zoneNote] };
}

/** What the stamps of a file are taken for, in a word. */
export function nameZone(claim: Claim, assumed: AssumedZones): string {
  const chosen = chooseZone(claim, assumed);
  if (chosen !== undefined) return chosen;
  if (claim.zone.kind === 'assumed') return claim.zone.zone;
  return claim.zone.kind === 'exchange' ? 'exchange' : 'stated';
}
