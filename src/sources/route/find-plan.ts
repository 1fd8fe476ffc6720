import type { Capabilities } from '../../provider/index.js';
import type { PreparedProvider } from '../registry/prepare-provider.js';
import { isOffer, judgeProvider, type Wanted } from './judge-provider.js';

/** Plans that a provider's `plan` option may name, least first; a provider that knows none of them has no such option. */
const PLANS = ['demo', 'pro', 'premium'] as const;

/** The least plan on which a provider would serve what it does not serve now; undefined where none would, or none is known. */
async function findPlan(prepared: PreparedProvider, wanted: Wanted): Promise<string | undefined> {
  if (!prepared.ready) return undefined;
  const { provider, given } = prepared;
  // Whoever is asked about has the symbol, or a person thinks so.
  const freed: Wanted = { ...wanted, anyClass: true };
  for (const plan of PLANS) {
    try {
      const result = await provider.options['~standard'].validate({ ...given, plan });
      if (result.issues !== undefined || !namesPlan(result.value)) continue;
      const capabilities: Capabilities = provider.capabilities(result.value);
      // A plan is named also where its key is still to come.
      const judged = judgeProvider({ ...prepared, options: result.value, capabilities, keys: [] }, freed);
      if (isOffer(judged) && judged.from === undefined) return plan;
    } catch {
      // A provider that fails on a plan of others has no such plan.
    }
  }
  return undefined;
}

/** What to add to the reason why a provider cannot be asked: `, but its pro plan has it`, or nothing. */
export type DescribePlan = (provider: string, wanted: Omit<Wanted, 'now'>) => Promise<string>;

/** `DescribePlan` for one provider, where there is one of that name. */
export async function describePlan(prepared: PreparedProvider | undefined, wanted: Wanted): Promise<string> {
  const plan = prepared === undefined ? undefined : await findPlan(prepared, wanted);
  return plan === undefined ? '' : `, but its ${plan} plan has it`;
}

/** Its schema kept the option: it means something there. */
function namesPlan(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'plan' in options;
}
