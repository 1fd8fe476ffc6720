import { formatCount, formatMoment } from '../terminal/format.js';
import { formatDuration } from '../terminal/format-duration.js';
import { shortenTimeframes } from '../terminal/format-timeframes.js';
import { type Column, renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import { cleanText } from '../terminal/text.js';

interface Offer {
  readonly assetClass: string;
  readonly market: string | null;
  readonly timeframe: string;
  readonly reachesTo: number | null;
  readonly reachAge: number | null;
  readonly barsPerRequest: number;
  readonly volume: string;
  readonly derived: boolean;
  readonly grid: 'clock' | 'session';
  readonly archive: readonly string[];
}
interface Window {
  readonly name: string;
  readonly max: number;
  readonly perMs: number;
  readonly resetZone?: string;
}
interface OwnLimit {
  readonly concurrency?: number | undefined;
  readonly windows?: readonly Window[] | undefined;
}
interface Key {
  readonly option: string;
  readonly env: readonly string[];
  readonly required: boolean;
  readonly url?: string;
  readonly set: boolean;
  readonly from?: string;
}
export interface ProviderFacts {
  readonly id: string;
  readonly title: string;
  readonly site: string | null;
  readonly plugin: { readonly name: string; readonly version: string; readonly type: string; readonly root: string };
  readonly offers: readonly Offer[];
  readonly pools: Readonly<Record<string, { readonly concurrency: number; readonly windows: readonly Window[] }>>;
  readonly ownLimit: OwnLimit | null;
  readonly hosts: readonly string[];
  readonly keys: readonly Key[];
  readonly routes: readonly { readonly rule: string; readonly as: 'provider' | 'fill' }[];
}

const COLUMNS: readonly Column[] = [
  { title: 'ASSET' },
  { title: 'MARKET' },
  { title: 'TIMEFRAMES' },
  { title: 'REACHES BACK', shrinkTo: 12 },
  { title: 'BARS A REQUEST', align: 'right' },
  { title: 'VOLUME' },
  { title: 'NOTES', shrinkTo: 12, wrap: true, drop: 1 },
];

/** One provider for a person: what it has, how fast it may be asked, where it lives, what it needs. */
export function describeFacts(facts: ProviderFacts, terminal: Terminal): string[] {
  const { plugin } = facts;
  const rows = groupOffers(facts.offers, terminal.unicode);
  return [
    cleanText(`${facts.title}  ${facts.id}${facts.site === null ? '' : `  ${facts.site}`}`),
    cleanText(`from ${`${plugin.name} ${plugin.version}`.trimEnd()} (${plugin.type}) in ${plugin.root}`),
    '',
    // Aligned for whoever reads it, also through a pipe: programs have --json.
    ...(rows.length === 0 ? [] : [...renderTable(COLUMNS, rows, { ...terminal, live: true }), '']),
    ...section('Limits', [...Object.entries(facts.pools).map(describePool), ...describeOwn(facts.ownLimit)]),
    ...section('Hosts', facts.hosts.map(cleanText)),
    ...section('Keys', facts.keys.length === 0 ? ['none is needed'] : facts.keys.flatMap(describeKey(facts.id))),
    ...section('Routes', facts.routes.length === 0 ? ['no rule names it'] : facts.routes.map(describeRoute)),
  ].slice(0, -1);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

/** Timeframes that differ in nothing but their length share a line. */
function groupOffers(offers: readonly Offer[], unicode: boolean): string[][] {
  const groups = new Map<string, Offer[]>();
  for (const offer of offers) {
    const { timeframe: _, reachesTo, ...same } = offer;
    const key = JSON.stringify({ ...same, since: same.reachAge === null ? reachesTo : null });
    groups.set(key, [...(groups.get(key) ?? []), offer]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Offer];
    const notes = [
      ...(first.derived ? ['made from samples'] : []),
      ...(first.grid === 'session' ? ['counted from the session’s open'] : []),
      ...(first.archive.length === 0 ? [] : [`files by the ${first.archive.join(' and ')}`]),
    ];
    return [
      first.assetClass,
      first.market === null ? '' : `@${first.market}`,
      shortenTimeframes(
        group.map(({ timeframe }) => timeframe),
        unicode,
      ),
      describeReach(first),
      formatCount(first.barsPerRequest),
      first.volume,
      notes.join(', '),
    ];
  });
}

function describeReach({ reachesTo, reachAge }: Offer): string {
  if (reachesTo === null) return 'no known end';
  return reachAge === null ? formatMoment(reachesTo) : formatDuration(reachAge);
}

function describePool([name, { concurrency, windows }]: [string, ProviderFacts['pools'][string]]): string {
  const atOnce = concurrency === 1 ? 'one request at a time' : `${concurrency} requests at once`;
  return cleanText(`${name}: ${[atOnce, ...windows.map(describeWindow)].join('; ')}`);
}

function describeOwn(limit: OwnLimit | null): string[] {
  if (limit === null) return [];
  const atOnce = limit.concurrency === undefined ? [] : [`${limit.concurrency} at once`];
  const parts = [...atOnce, ...(limit.windows ?? []).map(describeWindow)];
  return parts.length === 0 ? [] : [cleanText(`your settings hold instead: ${parts.join('; ')}`)];
}

function describeWindow({ name, max, perMs, resetZone }: Window): string {
  const unit = /^(second|minute|hour|day|month|requests?)/.test(name) ? (max === 1 ? 'request' : 'requests') : name;
  const zone = resetZone === undefined ? '' : `, counted from midnight in ${resetZone}`;
  const every = formatDuration(perMs).replace(/^(?=\d)/, 'in ');
  return `${formatCount(max)} ${unit} ${every}${zone}`;
}

function describeKey(id: string): (key: Key) => string[] {
  return ({ option, env, required, url, set, from }) => {
    const state = set ? `set by ${from ?? 'the settings'}` : required ? 'needed, and not set' : 'optional, and not set';
    const how = [...env.map((name) => `export ${name}=…`), `providers.${id}.${option} in the settings file`];
    const where = set ? [] : [`  ${how.join('\n    or ')}`, ...(url === undefined ? [] : [`  get one: ${url}`])];
    return [`${option}: ${state}`, ...where];
  };
}

function describeRoute({ rule, as }: ProviderFacts['routes'][number]): string {
  return as === 'provider' ? `asked first: ${cleanText(rule)}` : `closes holes: ${cleanText(rule)}`;
}
