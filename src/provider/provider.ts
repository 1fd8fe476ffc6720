import type { ParsedSymbol } from '../market/symbol.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Archive } from './archive.js';
import type { BarRequest, Instrument } from './bar-request.js';
import type { Batch } from './batch.js';
import type { Capabilities } from './capabilities.js';
import type { Context } from './context.js';
import type { ErrorDetails, ProviderErrorCode } from './errors.js';
import type { Schema } from './schema.js';

/**
 * A provider translates between a wire format and bars, and knows nothing of files, limits, retries or terminals.
 * It is a plain object: facts, a symbol test, one generator. An empty iterable means that the provider has nothing
 * there; anything that went wrong throws. Absence of data and failure to fetch never look alike.
 */
export interface Provider<Options = unknown> {
  /** The version of this contract it was written for. */
  readonly api: 1;
  /** Lower case with dashes: what follows `--provider`, and what provenance says. */
  readonly id: string;
  /** As people write it: `Alpha Vantage`. */
  readonly title: string;
  /** Where its documentation is. */
  readonly site?: string;
  /** Checks the provider's part of the settings, and fills in what is not said. */
  readonly options: Schema<Options>;
  readonly credentials?: readonly Credential[];
  readonly capabilities: (options: Options) => Capabilities;
  /** Whether the symbol is one of its own, by its form alone: pure and offline. Undefined: not mine. */
  instrument(symbol: ParsedSymbol, options: Options): Instrument | undefined;
  /**
   * Reads a reply before anybody uses it: throws `error(…)` for a refusal in whatever form the provider dresses it
   * (also with status 200), and returns what the reply says of the windows' use. The host judges plain statuses
   * (401, 404, 429, 5xx …) by itself where this says nothing.
   */
  judge?(reply: Reply, error: MakeError): Usage | undefined;
  /** Bars, or ticks for timeframe `ticks`, ascending in [start, end). */
  bars(request: BarRequest, context: Context<Options>): AsyncIterable<Batch>;
  readonly archive?: Archive<Options>;
  /** Every symbol it has, with its listing dates where known. */
  instruments?(context: Context<Options>): AsyncIterable<readonly Listing[]>;
  /**
   * The open of the first bar there is; for ticks an instant shortly before the first, at the latest its own. Undefined
   * when it cannot tell: everything since 1900 is planned then. One request, or a few small ones.
   */
  firstBar?(request: Omit<BarRequest, 'start' | 'end'>, context: Context<Options>): Promise<number | undefined>;
  /** Is it up, is the key good: one cheap request; throws what is wrong. */
  probe?(context: Context<Options>): Promise<Probe>;
  /** Symbols it wants to be asked for first, where the user's own routes say nothing: `{ match: 'KRAKEN:*' }`. */
  readonly routes?: readonly { readonly match: string; readonly timeframes?: readonly Timeframe[] }[];
  /** Something that is there, and something that never was: what `providers check` asks for. */
  readonly samples: Samples;
}

export interface Listing extends Instrument {
  readonly active: boolean;
  readonly listedFrom?: number;
  readonly listedUntil?: number;
}

export interface Credential {
  /** The option that holds it: `apiKey`. */
  readonly option: string;
  /** Environment variables that set it, first one first. */
  readonly env: readonly string[];
  readonly required: boolean;
  /** Where to get one. */
  readonly url?: string;
}

/** A reply as `judge` sees it. `text` is empty while a success is still streaming. */
export interface Reply {
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export type MakeError = (code: ProviderErrorCode, message: string, details?: ErrorDetails) => Error;

/** What the provider says is used up of a window, this request included: `{ weight: 1234 }`. */
export interface Usage {
  readonly pool?: string;
  readonly used: Readonly<Record<string, number>>;
}

export interface Probe {
  readonly detail: string;
  /** Its clock, when it tells: doctor compares it with ours. */
  readonly serverTime?: number;
}

export interface Samples {
  readonly known: {
    readonly symbol: string;
    readonly timeframe: Timeframe;
    readonly start: string;
    readonly end: string;
  };
  readonly unknown: string;
}
