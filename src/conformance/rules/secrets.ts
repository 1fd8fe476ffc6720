import { inspect } from 'node:util';
import { from } from '../faults.js';
import type { CheckOptions, Lab } from '../lab.js';
import type { Rule } from '../rule.js';
import { NotTried } from '../verdict.js';
import { makeReply, type Tamper } from '../watched-transport.js';

/** Nothing any provider would have by chance: the first with everything in it that gets encoded, then plainer ones. */
const CANARIES = ['CANARY-k3y%+/=Z9', 'CANARY-k3yZ9canary', 'CANARYk3yZ9', '4242424242'];

export const secrets: Rule = {
  id: 'secrets',
  name: 'a key is in no error and no debug line, in no form',
  async find(lab) {
    const names = (lab.provider.credentials ?? []).map(({ option }) => option);
    if (names.length === 0) throw new NotTried('it needs no key');
    const { known } = await lab.subject();
    let options = lab.given.options ?? {};
    for (const name of names) options = await putCanary(lab, options, name);
    const planted = names.map((name) => String(options[name]));
    const forms = planted.flatMap((key) => [
      key,
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
      key.slice(0, 10),
    ]);
    for (const [name, tamper] of ECHOES) {
      const lines: string[] = [];
      const run = await lab.ask(known, { tamper: from(1, tamper), options, debug: (line) => lines.push(line) });
      const shown = [
        ...lines,
        inspect(run.thrown, { depth: 9 }),
        String((run.thrown as Error)?.stack),
        JSON.stringify(run.thrown),
      ];
      const leak = shown.find((text) => forms.some((form) => text?.includes(form)));
      if (leak !== undefined)
        return { reason: `answered with ${name}, it shows its key`, evidence: [leak.slice(0, 400)] };
    }
    return undefined;
  },
};

/** The richest canary that its options take; some keys have a form of their own. */
async function putCanary(lab: Lab, options: CheckOptions['options'] & object, name: string) {
  for (const canary of CANARIES) {
    const changed = { ...options, [name]: canary };
    const result = await lab.provider.options['~standard'].validate(changed);
    if (result.issues === undefined) return changed;
  }
  throw new NotTried(`its option ${name} takes no key made up for trying`);
}

/** Servers that say back what they were sent, as some do. */
const ECHOES: readonly (readonly [string, Tamper])[] = [
  ['a 401 that repeats the request', echo(401)],
  ['a 500 that repeats the request', echo(500)],
  ['a 200 that repeats the request', echo(200)],
  [
    'a broken connection that names the URL',
    async (_index, _send, { url }) => {
      throw Object.assign(new Error(`connect ECONNREFUSED ${url.href}`), {
        code: 'ECONNREFUSED',
        config: { url: url.href },
      });
    },
  ],
];

function echo(status: number): Tamper {
  return async (_index, _send, { url, headers }) =>
    makeReply(status, JSON.stringify({ error: `bad request: ${url.href} ${JSON.stringify(headers)}` }), {
      'content-type': 'application/json',
    });
}
