import type { BarRequest } from '../../provider/index.js';
import { askOverRelay } from '../ask-over-relay.js';
import { codeOf } from '../coded.js';
import { FAULTS, type Fault, from, SOCKET_FAULTS } from '../faults.js';
import type { Lab } from '../lab.js';
import type { Finding, Rule } from '../rule.js';
import type { Run } from '../run.js';
import { showError, showOutcome, showSent } from '../show.js';
import { NotTried } from '../verdict.js';

interface Failed {
  readonly fault: Pick<Fault, 'name' | 'code'>;
  readonly from: number;
  readonly run: Run;
}

/** Every fault, met at the first request and at the last: kept for the rules that look at them. */
const seen = new WeakMap<Lab, Promise<readonly Failed[]>>();

function failAll(lab: Lab): Promise<readonly Failed[]> {
  const failed = seen.get(lab) ?? meetAll(lab);
  seen.set(lab, failed);
  return failed;
}

async function meetAll(lab: Lab): Promise<readonly Failed[]> {
  const known = await lab.known();
  const count = known.requests.length;
  if (count === 0) return meetOnSocket(lab, known.request);
  const failed: Failed[] = [];
  for (const fault of FAULTS) {
    for (const nth of new Set([1, count])) {
      failed.push({ fault, from: nth, run: await lab.ask(known.request, { tamper: from(nth, fault.tamper) }) });
    }
  }
  return failed;
}

/** The first in full, the others by name. */
function report([first, ...others]: readonly Failed[], what: (failed: Failed) => string): Finding | undefined {
  if (first === undefined) return undefined;
  const also = others.map((each) => `also ${describe(each)}, it ${what(each)}`);
  return { reason: `${describe(first)}, it ${what(first)}`, evidence: [...showSent(first.run), ...also] };
}

/** The nth answer in place of the nth request: a socket has answers. */
async function meetOnSocket(lab: Lab, request: BarRequest): Promise<readonly Failed[]> {
  const { answers } = await askOverRelay(lab, request);
  if (answers === 0) throw new NotTried('it asks nothing, neither over HTTP nor over its socket');
  const failed: Failed[] = [];
  for (const fault of SOCKET_FAULTS) {
    for (const nth of new Set([1, answers])) {
      failed.push({ fault, from: nth, run: (await askOverRelay(lab, request, nth, fault.spoil)).run });
    }
  }
  return failed;
}

function describe({ fault, from: nth }: Failed): string {
  return `met with ${fault.name} from request ${nth} on`;
}

export const failureIsNotEmpty: Rule = {
  id: 'failure-is-not-empty',
  name: 'a failure is thrown: it never looks like the absence of bars',
  async find(lab) {
    const quiet = (await failAll(lab)).filter(({ run }) => run.outcome !== 'threw');
    return report(quiet, ({ run }) => showOutcome(run));
  },
};

export const errorsAreCoded: Rule = {
  id: 'errors-are-coded',
  name: 'what it throws has a code, also when it is answered with rubbish',
  async find(lab) {
    const bare = (await failAll(lab)).filter(({ run }) => run.outcome === 'threw' && codeOf(run.thrown) === undefined);
    return report(bare, ({ run }) => showError(run.thrown));
  },
};

export const errorsAreRight: Rule = {
  id: 'error-codes',
  name: '401 is AUTH, 429 THROTTLED, 500 and a broken connection UNAVAILABLE',
  async find(lab) {
    const wrong = (await failAll(lab)).filter(({ fault, run }) => {
      const code = run.outcome === 'threw' ? codeOf(run.thrown) : undefined;
      return code !== undefined && fault.code !== undefined && !fault.code.includes(code);
    });
    return report(wrong, ({ fault, run }) => `${showError(run.thrown)}; that should be ${fault.code?.join(' or ')}`);
  },
};
