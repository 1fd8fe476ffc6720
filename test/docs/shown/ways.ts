/** What a command needs to be there before it is typed. */
export type Home =
  /** Settings that lead to the simulated servers, and no cache. */
  | 'settled'
  /** The same, and some years of a few series, one with a hole. */
  | 'filled'
  /** The same, and minutes of two days, half a year apart. */
  | 'minutes'
  /** The same, and an exchange's file in the configuration folder. */
  | 'declared'
  /** Nothing at all. */
  | 'empty'
  /** Old caches of every layout, where MIGRATING.md has them. */
  | 'old'
  /** The same, after they were taken. */
  | 'migrated';

/** How a shown command is run, and what has to come of it. */
export interface Way {
  /** Which commands: the first way that fits one is its way. */
  readonly shown: RegExp;
  readonly home: Home;
  readonly exit?: number;
  /** What it says, on either stream. */
  readonly says: RegExp;
  /** The flag that stands for the answer to its question: nobody can be asked here. */
  readonly answer?: string;
}

const way = (home: Home, shown: RegExp, says: RegExp, more: { exit?: number; answer?: string } = {}): Way => ({
  ...{ shown, home, says },
  ...more,
});
const MIGRATE = 'almanac cache migrate --from';

/** Where old tools' files lie comes first, then one line a command. */
const WAYS: readonly Way[] = [
  way('old', new RegExp(`^${MIGRATE} ~/old-cache .*--assume-tz yahoo=.*unknown=UTC`), /KO\s+1h\s+unified.*proved/, {
    exit: 4,
  }),
  way('old', new RegExp(`^${MIGRATE} ~/old-cache --remove-source`), /moved to .*old-cache-done/, {
    ...{ exit: 4, answer: '--yes' },
  }),
  way('old', new RegExp(`^${MIGRATE} ~/old-cache .*--symbols AAPL`), /^AAPL\s+1h\s+unified.*28\s+proved/m, { exit: 4 }),
  way('old', new RegExp(`^${MIGRATE} ~/old-cache .*--symbols 'BTC`), /^BTCUSDT\s+1h\s+unified.*960\s+proved/m, {
    exit: 4,
  }),
  way('old', new RegExp(`^${MIGRATE} ~/old-cache .*--layout provider-year`), /^IBM\s+1h\s+provider-year/m),
  way('old', new RegExp(`^${MIGRATE} ~/old-cache --dry-run`), /SYNTHETIC.*Nothing was written/s, { exit: 4 }),
  way('old', new RegExp(`^${MIGRATE} ~/old-cache$`), /SYNTHETIC/, { exit: 4 }),
  way('old', new RegExp(`^${MIGRATE} ~/data-cache`), /unified-nested/),
  way('old', new RegExp(`^${MIGRATE} ~/alpaca`), /alpaca-minutes/),
  way('old', new RegExp(`^${MIGRATE} ~/services`), /binance-vision-mirror/),
  way('old', new RegExp(`^${MIGRATE} ~/deriv`), /deriv-months/),
  way('old', new RegExp(`^${MIGRATE} ~/vision`), /vision-zip/),
  way('old', new RegExp(`^${MIGRATE} ~/freqtrade`), /freqtrade-feather/),
  way('old', new RegExp(`^${MIGRATE} ~/old-market`), /almanac/),
  way('migrated', /^almanac cache get AAPL 1h .*2024-01-03/, /^timestamp.*\n2024-01-03T14:30:00Z/),
  way('migrated', /^almanac cache info AAPL 1h/, /^from yahoo \(migrate\)/m),
  way('migrated', /^almanac cache remove AAPL 1h/, /quarantine/, { answer: '--yes' }),

  way('settled', /^almanac cache populate .*--dry-run/, /PROVIDER.*WHY/s),
  way('declared', /^almanac cache populate .*--provider my-exchange/, /my-exchange/),
  way('settled', /^almanac cache populate/, /[\d,]+ bars added · \d+ requests/),
  way('settled', /^almanac cache import prices\.csv/, /3 (rows|added)/),
  way('filled', /^almanac cache update/, /BTCUSDT/),
  way('filled', /^almanac cache validate-gaps --symbols R_100/, /^1 series, 1 complete/m),
  way('filled', /^almanac cache validate-gaps/, /BTCUSDT\s+1h\s.*\s5\s+5\s+missing/, { exit: 3 }),
  way('filled', /^almanac cache fill-gaps/, /filled\s+BTCUSDT\s+1h/),
  way('filled', /^almanac cache compare BTCUSDT 1d/, /in common/),
  way('filled', /^almanac cache checksums/, /checksum/),
  way('filled', /^almanac cache import --help/, /TIMEFRAME|INTERVAL/),
  way('filled', /^almanac cache list/, /BTCUSDT\s+1h/),
  way('filled', /^almanac cache info/, /rows in \d years/),
  way('filled', /^almanac cache stats/, /series of/),
  way('filled', /^almanac cache get/, /^timestamp,open,high,low,close,volume/),
  way('filled', /^almanac cache cleanup/, /Nothing was found/),
  way('minutes', /^almanac cache prune .*--intervals 1m/, /Blocks that end 90 days before.* 1 series, 1,440 rows/),
  way('declared', /^almanac providers list/, /binance/),
  way('settled', /^almanac providers check binance/, /shape\s+pass/),
  way('settled', /^almanac providers info binance/, /REACHES BACK/),
  way('settled', /^almanac doctor/, /cache folder/),
  way('empty', /^almanac config init/, /\.almanacrc\.yaml/),
  way('settled', /^almanac config show/, /cacheDir/),
  way('empty', /^almanac providers init my-exchange/, /Wrote almanac-provider-my-exchange/),

  way('empty', /^almanac --help/, /^ +cache +\S/m),
];

/** What is typed elsewhere, or nowhere, and why. */
export const ELSEWHERE: readonly { readonly shown: RegExp; readonly why: string }[] = [
  { shown: /^npm (ci|test|link)/, why: 'every run of these tests began with it' },
  { shown: /^npm run demo/, why: 'test/docs/demo.test.ts starts what it starts' },
  { shown: /^(zcat|python3 -c|duckdb|Rscript) /, why: 'test/docs/one-liners.test.ts holds them to what they print' },
  {
    shown: /pip install/,
    why: 'it needs a network; the lines that use what it brings are run where that is installed',
  },
  { shown: /^([A-Z_]+=\S+ )?npm run bench/, why: 'it takes minutes; test/docs/bench.test.ts runs a part of it' },
  { shown: /^npm run (layers|coverage|mutation|soak)/, why: 'npm test, or people, run it' },
  { shown: /^almanac sandbox/, why: 'it stays open: test/docs/shown-servers.test.ts leaves it running' },
  { shown: /^almanac plugins install [a-z]/, why: 'test/docs/shown-servers.test.ts has a registry for it' },
  {
    shown: /^almanac autocomplete/,
    why: 'test/e2e/completion.test.ts sets it up in a home of its own, and presses the key',
  },
  { shown: /^almanac providers check my-exchange/, why: 'test/e2e/declared-provider.test.ts has it pass' },
  { shown: /^almanac providers check \.\//, why: 'test/e2e/provider-afternoon.test.ts builds the folder first' },
];

/** A form, with words to put something in place of; or a command's bare name. Neither is typed as it stands. */
const FORM = /^almanac .*\b(ID|DIR|FILE|NAME|SYMBOL|INTERVAL|PLUGIN)\b|^almanac .*(…|\[)|^almanac [a-z ]+$/;

export type Fate = { readonly way: Way } | { readonly why: string } | 'form' | undefined;

export function fateOf(line: string): Fate {
  const elsewhere = ELSEWHERE.find(({ shown }) => shown.test(line));
  if (elsewhere !== undefined) return { why: elsewhere.why };
  const found = WAYS.find(({ shown }) => shown.test(line));
  if (found !== undefined && !FORM.test(line.replace(/^almanac [a-z ]+$/, ''))) return { way: found };
  return FORM.test(line) ? 'form' : undefined;
}
