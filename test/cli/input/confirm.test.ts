import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { canAsk, confirm } from '../../../src/cli/input/confirm.js';
import { isLarge } from '../../../src/cli/populate/approve-plan.js';

const NEVER = new AbortController().signal;

async function answer(...typed: readonly string[]): Promise<{ readonly yes: boolean; readonly seen: string }> {
  const input = new PassThrough();
  let seen = '';
  const asked = confirm('Go on?', NEVER, { input, output: { write: (text) => (seen += text) } });
  for (const text of typed) input.write(text);
  if (typed.length === 0) input.end();
  return { yes: await asked, seen };
}

it.each([
  ['y\n', true],
  [' Yes \n', true],
  ['\n', false],
  ['n\n', false],
  ['yep\n', false],
])('takes %j for %s', async (typed, yes) => {
  expect(await answer(typed)).toEqual({ yes, seen: 'Go on? [y/N] ' });
});

it('takes the end of the input, and an interrupt, for no', async () => {
  expect((await answer()).yes).toBe(false);
  const stop = new AbortController();
  const asked = confirm('Go on?', stop.signal, { input: new PassThrough(), output: { write: () => true } });
  stop.abort();
  expect(await asked).toBe(false);
});

it('asks only where a person sits and no program reads', () => {
  const on = { isTTY: true } as NodeJS.ReadStream & NodeJS.WriteStream;
  const off = { isTTY: false } as NodeJS.ReadStream & NodeJS.WriteStream;
  expect(canAsk(false, { stdin: on, stderr: on } as never)).toBe(true);
  expect(canAsk(true, { stdin: on, stderr: on } as never)).toBe(false);
  expect(canAsk(false, { stdin: off, stderr: on } as never)).toBe(false);
  expect(canAsk(false, { stdin: on, stderr: off } as never)).toBe(false);
});

it('knows a large plan by any of its sizes', () => {
  const small = { series: 50, requests: 9, bytes: 2e9, etaSeconds: 1800, quotaDays: 1 };
  expect(isLarge(small)).toBe(false);
  for (const more of [{ series: 51 }, { bytes: 2e9 + 1 }, { etaSeconds: 1801 }, { quotaDays: 2 }])
    expect(isLarge({ ...small, ...more })).toBe(true);
});
