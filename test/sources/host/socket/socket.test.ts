import { getEventListeners, getMaxListeners } from 'node:events';
import { afterEach, expect, it, jest } from '@jest/globals';
import type { WebSocket } from 'ws';
import { type Asked, anything, closeAll, connect, failure, numeric, QUICK, reply, serve } from './socket-server.js';

afterEach(closeAll);

it('pairs answers that come out of order, and opens nothing before it is asked', async () => {
  const held: Asked[] = [];
  const server = await serve((ws, message) => {
    held.push(message);
    if (held.length === 5) for (const each of held.reverse()) reply(ws, each);
  });
  const { socket, paced } = connect(server.url);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.connections()).toBe(0);
  const values = [10, 11, 12, 13, 14];
  const answers = await Promise.all(values.map((value) => socket.ask({ value }, anything, { cost: { hour: 2 } })));
  expect(answers.map(({ value }) => value)).toEqual(values);
  expect(server.connections()).toBe(1);
  expect(paced).toEqual(Array(5).fill({ hour: 2 }));
});

it('sends no more at once than it may', async () => {
  let open = 0;
  let most = 0;
  const server = await serve((ws, message) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open -= 1;
      reply(ws, message);
    }, 5);
  });
  const { socket } = connect(server.url, { tools: { maxInFlight: 3 } });
  await Promise.all(Array.from({ length: 20 }, (_, value) => socket.ask({ value }, anything)));
  expect(most).toBe(3);
});

it('has many wait for their turn, and Node takes no signal for a leak', async () => {
  const listen = jest.spyOn(EventTarget.prototype, 'addEventListener');
  const server = await serve((ws, message) => reply(ws, message));
  let most = 0;
  const pace = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const signal of new Set(listen.mock.contexts as AbortSignal[])) {
      const listening = getEventListeners(signal, 'abort').length;
      most = Math.max(most, listening);
      expect(getMaxListeners(signal)).toBeGreaterThanOrEqual(listening);
    }
  };
  const { socket } = connect(server.url, { tools: { pace } });
  await Promise.all(Array.from({ length: 12 }, (_, value) => socket.ask({ value }, anything)));
  listen.mockRestore();
  expect(most).toBe(12);
});

it('asks again, under new and larger numbers, what a drop left unanswered', async () => {
  const server = await serve((ws, message, connection) => {
    if (connection === 1 && message.value === 2) ws.terminate();
    else if (connection > 1 || message.value === 0) reply(ws, message);
  });
  const { socket, paced } = connect(server.url);
  const answers = await Promise.all([0, 1, 2].map((value) => socket.ask({ value }, anything)));
  expect(answers.map(({ value }) => value)).toEqual([0, 1, 2]);
  const numbers = server.asked.map(({ message }) => message.req_id);
  expect(new Set(numbers).size).toBe(numbers.length);
  const [first, second] = [1, 2].map((n) =>
    server.asked.filter((each) => each.connection === n).map((each) => each.message.req_id),
  );
  expect(Math.min(...(second ?? []))).toBeGreaterThan(Math.max(...(first ?? [])));
  expect(paced).toHaveLength(server.asked.length);
});

it('does not take an answer with another number, nor a push, for an answer', async () => {
  const server = await serve((ws, message) => {
    for (let i = 0; i < 50; i++) ws.send(JSON.stringify({ value: 'push', tick: i }));
    ws.send(JSON.stringify({ value: 'stale', req_id: message.req_id + 1000 }));
    ws.send(JSON.stringify({ value: 'text', req_id: String(message.req_id) }));
    ws.send('[1]');
    reply(ws, message, { value: 'right' });
  });
  const { socket, said } = connect(server.url);
  expect((await socket.ask({}, anything)).value).toBe('right');
  expect(said.filter((line) => line.includes('ignored')).length).toBeLessThanOrEqual(3);
});

it('sends the login first on every connection, and waits for its answer', async () => {
  const server = await serve((ws, message, connection) => {
    if ('login' in message) setTimeout(() => reply(ws, message), 20);
    else if (connection === 1) ws.terminate();
    else reply(ws, message);
  });
  const { socket, said } = connect(server.url, { channel: { hello: [{ login: 'CANARY-1' }] } });
  await Promise.all([socket.ask({ value: 1 }, anything), socket.ask({ value: 2 }, anything)]);
  for (const n of [1, 2]) {
    const [first, ...rest] = server.asked.filter(({ connection }) => connection === n);
    expect(first?.message).toHaveProperty('login');
    for (const each of rest) expect(each.message).not.toHaveProperty('login');
  }
  expect(said.join('\n')).not.toContain('CANARY');
});

it('ends with the refusal of a login', async () => {
  const server = await serve((ws, message) => reply(ws, message, { error: { code: 'AUTH', message: 'no' } }));
  const { socket, said } = connect(server.url, { channel: { hello: [{ login: 'CANARY-2' }] } });
  const errors = await Promise.all([failure(socket.ask({}, anything)), failure(socket.ask({}, anything))]);
  expect(errors.map(({ code }) => code)).toEqual(['AUTH', 'AUTH']);
  expect(server.asked).toHaveLength(1);
  expect(JSON.stringify([errors, said])).not.toContain('CANARY');
});

it('waits out a throttle of stated length, tells the gate, and asks again', async () => {
  const server = await serve((ws, message) => {
    if (server.asked.length > 1) reply(ws, message);
    else reply(ws, message, { error: { code: 'THROTTLED', message: 'slow', retryAfterMs: 150 } });
  });
  const { socket, throttled } = connect(server.url);
  const began = performance.now();
  expect((await socket.ask({ value: 7 }, anything)).value).toBe(7);
  expect(performance.now() - began).toBeGreaterThan(140);
  expect(throttled).toHaveLength(1);
});

it('gives up at once where the throttle is longer than anybody waits', async () => {
  const server = await serve((ws, message) =>
    reply(ws, message, { error: { code: 'THROTTLED', message: 'long', until: Date.now() + 60_000 } }),
  );
  const { socket, throttled } = connect(server.url);
  const error = await failure(socket.ask({}, anything));
  expect([error.code, server.asked.length, throttled.length]).toEqual(['THROTTLED', 1, 1]);
});

it('repeats what the provider cannot do now a few times, and what is wrong never', async () => {
  const server = await serve((ws, message) => reply(ws, message, { error: { code: message.code, message: 'said' } }));
  const { socket } = connect(server.url);
  expect((await failure(socket.ask({ code: 'UNAVAILABLE' }, anything))).code).toBe('UNAVAILABLE');
  expect(server.asked).toHaveLength(QUICK.attempts);
  for (const code of ['SYMBOL_UNKNOWN', 'MALFORMED', 'AUTH', 'UNSUPPORTED']) {
    const before = server.asked.length;
    expect((await failure(socket.ask({ code }, anything))).code).toBe(code);
    expect(server.asked.length - before).toBe(1);
  }
});

it('tells everybody who waits of a refusal that carries no number', async () => {
  const server = await serve((ws) => ws.send(JSON.stringify({ error: { code: 'AUTH', message: 'InvalidAppID' } })));
  const { socket } = connect(server.url);
  const errors = await Promise.all([failure(socket.ask({}, anything)), failure(socket.ask({}, anything))]);
  expect(errors.map(({ message }) => message)).toEqual(['InvalidAppID', 'InvalidAppID']);
});

it('refuses an answer of another shape', async () => {
  const server = await serve((ws, message) => reply(ws, message));
  const { socket } = connect(server.url);
  expect(await socket.ask({ value: 1 }, numeric)).toMatchObject({ value: 1 });
  const error = await failure(socket.ask({ value: 'CANARY-3' }, numeric));
  expect(error.code).toBe('MALFORMED');
  expect(error.message).toContain('value: expected a number');
  expect(error.message).not.toContain('CANARY');
});

it('rejects with the reason of the signal, and lets the connection go', async () => {
  const sockets: WebSocket[] = [];
  const server = await serve(
    () => undefined,
    (ws) => sockets.push(ws),
  );
  const { socket, abort } = connect(server.url, { tools: { maxInFlight: 1 } });
  const pending = [failure(socket.ask({}, anything)), failure(socket.ask({}, anything))];
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const gone = new Promise((resolve) => sockets[0]?.on('close', resolve));
  const reason = new Error('enough');
  abort.abort(reason);
  expect(await Promise.all(pending)).toEqual([reason, reason]);
  await gone;
  expect(await failure(socket.ask({}, anything))).toBe(reason);
  expect(server.connections()).toBe(1);
});

it('interrupts a wait for its turn', async () => {
  const server = await serve(() => undefined);
  const { socket, abort } = connect(server.url, { tools: { pace: () => new Promise(() => undefined) } });
  const pending = failure(socket.ask({}, anything));
  abort.abort(new Error('enough'));
  expect((await pending).message).toBe('enough');
  expect(server.connections()).toBe(0);
});

it('closes: what waits is rejected, what comes later too', async () => {
  const server = await serve(() => undefined);
  const { socket } = connect(server.url);
  const pending = failure(socket.ask({}, anything));
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await socket.close();
  expect((await pending).code).toBe('UNAVAILABLE');
  expect((await failure(socket.ask({}, anything))).message).toContain('closed');
});

it('lets a connection go that nobody has needed for a while, and opens another when somebody does', async () => {
  let closed = 0;
  const server = await serve(
    (ws, message) => reply(ws, message),
    (ws) => ws.on('close', (code) => (closed += code === 1000 ? 1 : 0)),
  );
  const { socket } = connect(server.url, { tools: { patience: { ...QUICK, idleMs: 40 } } });
  await socket.ask({ value: 1 }, anything);
  while (closed === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await socket.ask({ value: 2 }, anything);
  expect(server.connections()).toBe(2);
});

it('keeps the connection alive while it is open', async () => {
  const server = await serve((ws, message) => setTimeout(() => reply(ws, message), 150));
  const { socket } = connect(server.url, { channel: { keepAlive: { everyMs: 30, message: { beat: 1 } } } });
  await socket.ask({ value: 1 }, anything);
  expect(server.beats.length).toBeGreaterThanOrEqual(2);
  expect(server.connections()).toBe(1);
});
