import type { Rule } from '../rule.js';

export const noGlobals: Rule = {
  id: 'no-globals',
  name: 'it goes to the network through its context alone (as far as can be seen: the global fetch is trapped)',
  async find(lab) {
    const { known } = await lab.subject();
    const real = globalThis.fetch;
    const calls: string[] = [];
    globalThis.fetch = async (input) => {
      calls.push(String(input instanceof Request ? input.url : input));
      throw new TypeError('the global fetch is not for providers');
    };
    try {
      await lab.ask(known);
    } finally {
      globalThis.fetch = real;
    }
    return calls.length === 0 ? undefined : { reason: 'it calls the global fetch', evidence: calls.slice(0, 3) };
  },
};
