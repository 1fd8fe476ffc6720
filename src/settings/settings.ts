/** The configuration with every default filled in. */
export interface Settings {
  readonly cacheDir?: string | undefined;
  readonly providers: Providers;
  readonly watch: readonly Watch[];
  readonly limits: Readonly<Record<string, Limit>>;
  readonly routes: readonly Route[];
  readonly calendars: readonly CalendarRule[];
}

export interface Providers {
  readonly binance: {
    readonly restUrl: string;
    readonly futuresUrl: string;
    readonly coinFuturesUrl: string;
    readonly archiveUrl: string;
    readonly archiveListUrl: string;
  };
  readonly deriv: { readonly url: string; readonly appId: string; readonly token?: string | undefined };
  readonly yahoo: { readonly url: string };
  readonly 'alpha-vantage': {
    readonly url: string;
    readonly apiKey?: string | undefined;
    readonly plan: string;
    readonly extendedHours: boolean;
  };
  readonly coingecko: {
    readonly url: string;
    readonly plan: 'none' | 'demo' | 'pro';
    readonly apiKey?: string | undefined;
    readonly coins: Readonly<Record<string, string>>;
  };
  /** Options of providers from others, checked by each provider itself. */
  readonly [other: string]: object;
}

export interface Watch {
  readonly symbols: readonly string[];
  readonly intervals: readonly string[];
  readonly since?: string | undefined;
}

export interface Limit {
  readonly concurrency?: number | undefined;
  readonly windows?: readonly { readonly name: string; readonly max: number; readonly perMs: number }[] | undefined;
}

export interface Route {
  readonly match: string;
  readonly intervals?: readonly string[] | undefined;
  readonly providers: readonly string[];
  readonly fill?: readonly string[] | undefined;
}

export interface CalendarRule {
  readonly match: string;
  readonly calendar: string;
}

/** Where a value came from: `default`, a file's path, `ALMANAC_STORE` or `--cache-dir`. */
export interface Origin {
  readonly kind: 'default' | 'file' | 'environment' | 'flag';
  readonly name: string;
}

export interface OriginedValue {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly origin: Origin;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly values: readonly OriginedValue[];
  /** The settings file that was read, if any. */
  readonly file: string | undefined;
  /** Absolute path of the folder that holds the data. */
  readonly cacheFolder: string;
}
