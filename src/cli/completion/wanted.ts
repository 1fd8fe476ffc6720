/** Where what may be typed comes from. */
export type Wanted =
  | { readonly kind: 'symbols' | 'intervals' | 'stored-intervals' | 'providers' | 'plugins' | 'quarantine' }
  | { readonly kind: 'files' | 'folders' }
  /** These words; none where only the person knows: a date, a size. */
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** A shell would offer the names of files instead. */
export const NOTHING: Wanted = { kind: 'words', words: [] };

const ARGUMENTS: Readonly<Record<string, Wanted>> = {
  symbol: { kind: 'symbols' },
  interval: { kind: 'stored-intervals' },
  provider: { kind: 'providers' },
  plugin: { kind: 'plugins' },
  file: { kind: 'files' },
  folder: { kind: 'folders' },
};

/** Where a name means something of its own. */
const OWN: Readonly<Record<string, Wanted>> = {
  'cache:import interval': { kind: 'intervals' },
  'cache:restore id': { kind: 'quarantine' },
  'plugins:install plugin': { kind: 'files' },
  'providers:info id': { kind: 'providers' },
};

/** As `almanac cache migrate --dry-run` names them; a test holds the list against the readers. */
const LAYOUTS: readonly string[] = [
  'almanac',
  'alpaca-minutes',
  'alpaca-summed',
  'binance-klines',
  'binance-vision-mirror',
  'deriv-months',
  'freqtrade-feather',
  'freqtrade-json',
  'provider-year',
  'symbol-days',
  'unified',
  'unified-nested',
  'vision-zip',
];

const FLAGS: Readonly<Record<string, Wanted>> = {
  symbol: { kind: 'symbols' },
  symbols: { kind: 'symbols' },
  interval: { kind: 'intervals' },
  intervals: { kind: 'intervals' },
  provider: { kind: 'providers' },
  providers: { kind: 'providers' },
  layout: { kind: 'words', words: LAYOUTS },
  'cache-dir': { kind: 'folders' },
  backup: { kind: 'folders' },
  dir: { kind: 'folders' },
  from: { kind: 'folders' },
  config: { kind: 'files' },
  output: { kind: 'files' },
  'symbols-file': { kind: 'files' },
};

export function wantedByArgument(command: string, name: string): Wanted {
  return OWN[`${command} ${name}`] ?? ARGUMENTS[name] ?? NOTHING;
}

export function wantedByFlag(name: string): Wanted {
  return Object.hasOwn(FLAGS, name) ? (FLAGS[name] as Wanted) : NOTHING;
}
