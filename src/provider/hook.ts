import type { Hook, Hooks } from '@oclif/core/hooks';
import type { Provider } from './provider.js';

// biome-ignore lint/suspicious/noExplicitAny: each provider's options have their own type, guarded by its own schema
export type AnyProvider = Provider<any>;

export interface ProviderHooks extends Hooks {
  /** `api` is the contract's version that this host speaks. */
  providers: { options: { api: 1 }; return: readonly AnyProvider[] };
}

/** The oclif hook by which a plugin offers its providers; the ones that ship use it too. */
export type ProvidersHook = Hook<'providers', ProviderHooks>;
