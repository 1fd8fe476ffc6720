import { parseSymbol } from '../../market/symbol.js';
import type { Listing } from '../../provider/index.js';
import { type Claimant, claimSymbol } from '../../sources/route/claim-symbol.js';
import type { Rule } from '../rule.js';
import { showError } from '../show.js';
import { NotTried } from '../verdict.js';

export const probe: Rule = {
  id: 'probe',
  name: 'probe() says in a line that it is up',
  async find(lab) {
    return lab.inHost({}, async ({ context }) => {
      if (lab.provider.probe === undefined) throw new NotTried('it has no probe()');
      try {
        const { detail } = await lab.provider.probe(context);
        return typeof detail === 'string' && detail !== '' ? undefined : { reason: 'probe() brings no detail' };
      } catch (error) {
        return { reason: `probe() ${showError(error)}` };
      }
    });
  },
};

export const listings: Rule = {
  id: 'instruments',
  name: 'what instruments() lists, instrument() takes for its own',
  async find(lab) {
    return lab.inHost({}, async ({ context, capabilities }) => {
      if (lab.provider.instruments === undefined) throw new NotTried('it lists no instruments');
      try {
        for await (const batch of lab.provider.instruments(context)) {
          const odd = batch
            .slice(0, 500)
            .find((each) => !isRecognised(each, { provider: lab.provider, options: context.options, capabilities }));
          return (
            odd && {
              reason: `it lists ${odd.symbol}, and instrument() does not answer ${odd.native}`,
              evidence: [JSON.stringify(odd)],
            }
          );
        }
        return { reason: 'instruments() lists nothing' };
      } catch (error) {
        return { reason: `instruments() ${showError(error)}` };
      }
    });
  },
};

/** As it would be asked for: as what it is listed as, and else as whatever the provider has. */
function isRecognised({ symbol, assetClass, native }: Listing, claimant: Claimant): boolean {
  try {
    return claimSymbol(claimant, parseSymbol(symbol, assetClass), true)?.native === native;
  } catch {
    return false; // what the grammar of symbols refuses cannot be asked for
  }
}

export const firstBar: Rule = {
  id: 'first-bar',
  name: 'firstBar() is not after the sample, and in milliseconds',
  async find(lab) {
    const { known } = await lab.subject();
    return lab.inHost({}, async ({ context }) => {
      if (lab.provider.firstBar === undefined) throw new NotTried('it has no firstBar()');
      try {
        const first = await lab.provider.firstBar(
          { instrument: known.instrument, timeframe: known.timeframe },
          context,
        );
        if (
          first === undefined ||
          (first <= known.start && first > Date.UTC(1900, 0, 1) && (first > 1e11 || first < 0))
        )
          return undefined;
        return { reason: `firstBar() is ${first}, after the sample's start ${known.start} or in another unit` };
      } catch (error) {
        return { reason: `firstBar() ${showError(error)}` };
      }
    });
  },
};
