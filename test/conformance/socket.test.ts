import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkProvider } from '../../src/conformance/index.js';
import type { AnyProvider } from '../../src/provider/index.js';
import { NOW } from './tiny-server.js';
import { socketBars, startTinySocket, tinySocket } from './tiny-socket.js';

/** Swallows what goes wrong on the way. */
const quiet: AnyProvider = {
  ...tinySocket,
  async *bars(request, context) {
    try {
      yield* socketBars(request, context);
    } catch (error) {
      if ((error as { code?: string }).code === 'SYMBOL_UNKNOWN') throw error;
    }
  },
};

/** Makes zeros of prices that are not there. */
const zeroing: AnyProvider = {
  ...tinySocket,
  async *bars(request, context) {
    for await (const rows of socketBars(request, context)) {
      yield rows.map(({ time, open, high, low, close }) => {
        const [o, h, l, c] = [open, high, low, close].map(Number);
        return { time, open: o, high: h, low: l, close: c };
      });
    }
  },
};

describe('the conformance suite over a socket', () => {
  let server: Awaited<ReturnType<typeof startTinySocket>>;
  beforeAll(async () => {
    server = await startTinySocket();
  });
  afterAll(() => server.close());

  it.each([
    ['a good provider', tinySocket, []],
    ['nothing in place of a failure', quiet, ['failure-is-not-empty']],
    ['zero in place of null', zeroing, ['null-is-not-zero']],
  ] as const)('%s', async (_what, provider: AnyProvider, broken) => {
    const { results } = await checkProvider({ provider, options: { url: server.url }, now: () => NOW });
    const failed = results.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ rule }) => rule)).toEqual(broken);
    const skipped = results.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule);
    expect(skipped).not.toContain('failure-is-not-empty');
    expect(skipped).not.toContain('null-is-not-zero');
  });
});
