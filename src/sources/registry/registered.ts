import type { AnyProvider } from '../../provider/index.js';
import type { PluginFacts } from './plugin-facts.js';

export interface RegisteredProvider {
  readonly provider: AnyProvider;
  readonly plugin: PluginFacts;
  /** Asked only where a person's route or `--provider` names it, never because it knows a symbol. */
  readonly onlyNamed?: boolean;
}

/** Something that should have been a provider and is none. Told as a warning, and never in the way of the others. */
export interface LoadFailure {
  readonly plugin: PluginFacts;
  /** Its id, where that much could be read. */
  readonly provider?: string;
  readonly reason: string;
}

export interface Registry {
  /** By id. */
  readonly providers: readonly RegisteredProvider[];
  readonly failures: readonly LoadFailure[];
}
