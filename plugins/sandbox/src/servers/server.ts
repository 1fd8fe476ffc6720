import type { Market } from '../market/market.js';

/** What every wire server is given. Everything it needs of the outside comes through here. */
export interface ServerParts {
  readonly market: Market;
  /** The simulated world's clock, ms UTC. Rate-limit windows run on the real one. */
  readonly now: () => number;
  readonly log: RequestLog;
  readonly faults: Faults;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface WireServer {
  /** `binance`, `binance-archive`, `deriv`, `yahoo`, `alpha-vantage`, `coingecko`, `kraken`, `coinbase`, `bitstamp`. */
  readonly name: string;
  /** `http://127.0.0.1:40001` or `ws://…`, without a final slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** What came in, and how it was answered: tests read it to prove that no window was exceeded. */
export interface LoggedRequest {
  readonly server: string;
  /** Real time of arrival, ms. */
  readonly at: number;
  /** Path and query, or the message of a socket as JSON. */
  readonly what: string;
  readonly status: number;
  readonly cost: number;
  readonly note?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  add(entry: LoggedRequest): void;
  clear(): void;
}

/** Faults on request: `next` is asked once for each request, and says what shall go wrong, if anything. */
export interface Faults {
  next(server: string, what: string): Fault | undefined;
}

export interface Fault {
  readonly kind:
    | 'status' // answer with `status`, `headers`, `body`
    | 'cut' // promise the whole length, send `fraction` of it, then close
    | 'reset' // reset the connection before answering
    | 'stall' // never answer
    | 'delay' // answer properly, `ms` later
    | 'garble'; // flip a byte in the middle of the body
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly fraction?: number;
  readonly ms?: number;
}
