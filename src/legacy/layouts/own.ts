import type { LegacyReader } from '../reader.js';
import { claimTable } from '../text/claim-table.js';
import { readTable } from '../text/read-table.js';
import { dayOf, fieldsOf, textOf } from '../text/sidecar-fields.js';
import { companionsOf, isTimeframeLike, parseYearName } from './year-name.js';

/** The year-file's version that this program writes. */
const NEWEST = 1;
const OURS = /^timestamp,(open,high,low,close|price)\b[^\n]*\n(?:\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z,|$)/;

/** Almanac's own caches: an older version of the sidecar, or year-files that lost theirs. */
export const own: LegacyReader = {
  async recognise(candidate) {
    const { segments, path, beside, head } = candidate;
    const [folder, timeframe, name] = [-3, -2, -1].map((at) => segments.at(at));
    const year = parseYearName(name);
    if (year === undefined || !isTimeframeLike(timeframe)) return undefined;
    const sidecarName = `${year}.metadata.json`;
    const sidecar = fieldsOf(await candidate.document(sidecarName));
    const version = sidecar?.schemaVersion;
    // A sidecar of somebody else's is theirs, whatever the stamps look like.
    if (sidecar === undefined ? !OURS.test(head) : typeof version !== 'number') return undefined;
    if (typeof version === 'number' && version > NEWEST)
      return { layout: 'almanac', code: 'UNSURE', reason: 'a newer Almanac wrote it: update this one first' };
    const provenance = Array.isArray(sidecar?.provenance) ? sidecar.provenance.map(fieldsOf) : [];
    const providers = new Set(provenance.map((span) => textOf(span, 'provider')));
    const [provider] = providers;
    const several = providers.size > 1 ? [`its bars came from ${[...providers].join(', ')}`] : [];
    return claimTable(candidate, {
      layout: 'almanac',
      symbol: textOf(sidecar, 'symbol') ?? decodeFolder(folder),
      timeframe,
      provider: providers.size === 1 ? provider : textOf(sidecar, 'provider', 'source'),
      written: dayOf(sidecar, 'updatedAt'),
      companions: companionsOf(path, beside, sidecarName),
      confidence: sidecar === undefined ? 0.9 : 1,
      derived: provenance.length > 0 && provenance.every((span) => span?.derived === true),
      sha256: textOf(fieldsOf(sidecar?.file), 'sha256'),
      notes: several,
      year,
    });
  },
  read: readTable,
};

/** `%5EVIX` is `^VIX`; what cannot be decoded is taken as it stands. */
function decodeFolder(folder: string | undefined): string | undefined {
  try {
    return folder === undefined ? undefined : decodeURIComponent(folder);
  } catch {
    return folder;
  }
}
