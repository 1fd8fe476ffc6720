import { afterAll, describe, expect, it } from '@jest/globals';
import { type Asked, acceptSocket, frame, type Misbehave } from '../support/hostile-server.js';
import { type Outcome, run, type Trial, verdictOf } from './run.js';
import { CANARY, SUBJECTS, type Subject, truthOf } from './subjects.js';

const DERIV = SUBJECTS.find(({ socket }) => socket === true) as Subject;

interface Question {
  readonly asked: Asked;
  readonly id: unknown;
  readonly message: Readonly<Record<string, unknown>>;
}

/** Logs in whoever wants to, and misbehaves when it is asked for bars. */
function whenAsked(misbehave: (question: Question, nth: number) => void): Misbehave {
  let nth = 0;
  return (asked) =>
    acceptSocket(asked, (text) => {
      const message = JSON.parse(text) as Record<string, unknown>;
      if ('authorize' in message) say(asked, { msg_type: 'authorize', authorize: {}, req_id: message.req_id });
      else if (!('ping' in message)) misbehave({ asked, id: message.req_id, message }, ++nth);
    });
}

const say = ({ socket }: Asked, message: unknown): void => void socket.write(frame(1, JSON.stringify(message)));
const good = (id: unknown): Record<string, unknown> => ({
  ...(JSON.parse(DERIV.wire(truthOf(DERIV))) as object),
  req_id: id,
});

/** Case 60, each against the provider that has a socket, through the real host. The socket's own tests have more. */
const CASES: readonly {
  readonly name: string;
  readonly serve: Misbehave;
  readonly codes: readonly (string | undefined)[];
  readonly trial?: Trial;
  readonly check?: (outcome: Outcome) => void;
}[] = [
  {
    name: 'bytes that are no UTF-8',
    serve: whenAsked(({ asked }) => void asked.socket.write(frame(1, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])))),
    codes: ['MALFORMED'],
  },
  {
    name: 'a frame that says it has 100 MB',
    serve: whenAsked(({ asked }) => void asked.socket.write(frame(1, '{', 100 * 1024 * 1024))),
    codes: ['MALFORMED'],
  },
  {
    name: 'a frame that says it has an exabyte',
    serve: whenAsked(({ asked }) => void asked.socket.write(frame(1, '{', 2 ** 60))),
    codes: ['MALFORMED', 'UNAVAILABLE'],
  },
  {
    name: 'a binary frame',
    serve: whenAsked(({ asked }) => void asked.socket.write(frame(2, '{}'))),
    codes: ['MALFORMED'],
  },
  {
    name: 'a web page',
    serve: whenAsked(({ asked }) => void asked.socket.write(frame(1, '<html>'))),
    codes: ['MALFORMED'],
  },
  {
    name: 'an unknown kind of frame',
    serve: whenAsked(({ asked }) => void asked.socket.write(frame(5, 'x'))),
    codes: ['MALFORMED'],
  },
  {
    name: 'a frame that is cut',
    serve: whenAsked(({ asked }) => void asked.socket.end(frame(1, '{"req_id":1', 5000))),
    codes: ['UNAVAILABLE'],
  },
  {
    name: 'pings without end',
    serve: whenAsked(({ asked: { socket } }) => {
      const pings = Buffer.concat(Array.from({ length: 2000 }, () => frame(9, '')));
      const flood = (): void => {
        while (!socket.destroyed && socket.write(pings));
      };
      socket.on('drain', flood);
      flood();
    }),
    codes: ['MALFORMED', 'UNAVAILABLE'],
  },
  { name: 'silence', serve: whenAsked(() => undefined), codes: ['UNAVAILABLE'] },
  {
    name: 'answers to what nobody asked',
    serve: whenAsked(({ asked, id }) => say(asked, good(Number(id) + 1000))),
    codes: ['UNAVAILABLE'],
    check: ({ rows }) => expect(rows).toBe(0),
  },
  {
    name: 'an answer without its number',
    serve: whenAsked(({ asked }) => say(asked, { ...good(undefined) })),
    codes: ['UNAVAILABLE'],
    check: ({ rows }) => expect(rows).toBe(0),
  },
  {
    name: 'the answer a thousand times',
    serve: whenAsked(({ asked, id }) => {
      for (let i = 0; i < 1000; i++) say(asked, good(id));
    }),
    codes: [undefined],
    check: ({ rows }) => expect(rows).toBe(20),
  },
  {
    name: 'an end to every connection as soon as something is asked',
    serve: whenAsked(({ asked }) => asked.socket.destroy()),
    codes: ['UNAVAILABLE'],
    check: ({ requests }) => expect(requests).toBeLessThanOrEqual(6),
  },
  {
    name: 'an end to the first connection only',
    serve: whenAsked(({ asked, id }, nth) => (nth === 1 ? asked.socket.destroy() : say(asked, good(id)))),
    codes: [undefined],
    check: ({ rows }) => expect(rows).toBe(20),
  },
  {
    name: 'an end for a reason of policy',
    serve: whenAsked(({ asked: { socket } }) => {
      const reason = Buffer.from('..go away');
      reason.writeUInt16BE(1008);
      socket.end(frame(8, reason));
    }),
    codes: ['BLOCKED'],
  },
  {
    name: 'an end for the reason that the key is bad, with the key',
    serve: whenAsked(({ asked: { socket } }) => {
      const reason = Buffer.from(`..${'x'.repeat(80)}${CANARY}`);
      reason.writeUInt16BE(3000);
      socket.end(frame(8, reason));
    }),
    codes: ['AUTH', 'UNAVAILABLE', 'MALFORMED'],
  },
  {
    name: 'a clock of another year in its answers',
    serve: whenAsked(({ asked, id, message }) => {
      const shift = 365 * 86_400;
      const rows = good(id) as { candles: { epoch: number }[] };
      say(asked, {
        ...rows,
        echo_req: message,
        candles: rows.candles.map((each) => ({ ...each, epoch: each.epoch + shift })),
      });
    }),
    codes: ['MALFORMED'],
    check: ({ rows }) => expect(rows).toBe(0),
  },
  ...[0, 90, 190, 195].map((before) => ({
    name: `a refusal that says the token back, ${before} characters in`,
    serve: whenAsked(({ asked, id }) =>
      say(asked, {
        error: { code: 'Odd', message: 'x'.repeat(before) + CANARY, details: { [CANARY]: 1 } },
        req_id: id,
      }),
    ),
    codes: ['MALFORMED'],
  })),
  {
    name: 'a refusal whose code is the token',
    serve: whenAsked(({ asked, id }) =>
      say(asked, { error: { code: 'x'.repeat(55) + CANARY, message: 'no' }, req_id: id }),
    ),
    codes: ['MALFORMED'],
  },
  {
    name: 'a login that is refused, with the token',
    serve: (asked) =>
      acceptSocket(asked, (text) => {
        const { req_id, authorize } = JSON.parse(text) as Record<string, unknown>;
        say(asked, {
          error: { code: 'InvalidToken', message: `The token ${String(authorize)} is invalid` },
          echo_req: { authorize },
          req_id,
        });
      }),
    codes: ['AUTH'],
    check: ({ requests }) => expect(requests).toBe(1),
  },
  {
    name: 'a limit that is used up',
    serve: whenAsked(({ asked, id }) =>
      say(asked, { error: { code: 'RateLimit', message: 'You have reached the rate limit.' }, req_id: id }),
    ),
    codes: ['THROTTLED'],
  },
];

const unhandled: unknown[] = [];
const note = (reason: unknown): number => unhandled.push(reason);
process.on('unhandledRejection', note);
afterAll(() => {
  process.off('unhandledRejection', note);
});

describe('a hostile socket', () => {
  it.each(CASES.map((each) => [each.name, each] as const))('60 %s', async (_, { serve, codes, trial, check }) => {
    const outcome = await run(DERIV, serve, trial);
    expect(verdictOf(outcome, codes)).toBe('as it should be');
    check?.(outcome);
  });

  it('leaves no rejection that nobody handles', () => {
    expect(unhandled).toEqual([]);
  });
});
