/**
 * A server of a plugin's own, up and answering: what a provider is checked against in place of the real service.
 * package.json names the module in `almanac.check`, and the module exports `startCheck(): Promise<CheckServer>`.
 */
export interface CheckServer {
  /** The provider's part of the settings that leads to it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Its clock, where it lives in another time: milliseconds since the epoch. */
  readonly now?: () => number;
  close(): Promise<void>;
}
