import type { Context, Socket } from 'almanac/provider';
import { judgeAnswer } from './judge.js';
import { isNewApi, type Options } from './options.js';

/** They close what has been silent for two minutes. */
const PING_EVERY = 30_000;

export function openSocket({ options, error, socket }: Context<Options>): Socket {
  const url = new URL(options.url);
  const legacy = !isNewApi(options.url);
  if (legacy && !url.searchParams.has('app_id')) url.searchParams.set('app_id', options.appId);
  const login = legacy && options.token !== undefined ? { hello: [{ authorize: options.token }] } : {};
  return socket({
    url,
    idField: 'req_id',
    keepAlive: { everyMs: PING_EVERY, message: { ping: 1 } },
    judge: (answer) => judgeAnswer(answer, error),
    ...login,
  });
}
