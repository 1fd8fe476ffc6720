import { createServer } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import type { WebSocket } from 'ws';
import { anything, closeAll, connect, failure, listen, QUICK, reply, serve } from './socket-server.js';

afterEach(closeAll);

const CANARY = 'CANARY-%+/=é';

/** The bytes beneath a WebSocket, for frames that `ws` itself would never send. */
function raw(ws: WebSocket): { write(data: Buffer): void } {
  return (ws as unknown as { _socket: { write(data: Buffer): void } })._socket;
}

function frame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
}

it.each([
  ['text that is not JSON', (ws: WebSocket) => ws.send('<html>maintenance</html>'), /not JSON/],
  ['a binary frame', (ws: WebSocket) => ws.send(Buffer.from('{}'), { binary: true }), /not JSON/],
  [
    'invalid UTF-8',
    (ws: WebSocket) => raw(ws).write(frame(1, Buffer.from([0x22, 0xff, 0xfe, 0x22]))),
    /WS_ERR_INVALID_UTF8/,
  ],
  ['an unknown opcode', (ws: WebSocket) => raw(ws).write(frame(5, Buffer.from('x'))), /WS_ERR_INVALID_OPCODE/],
  ['compressed frames', (ws: WebSocket) => raw(ws).write(Buffer.from([0xc1, 0x01, 0x00])), /WS_ERR_UNEXPECTED_RSV_1/],
  ['plain rubbish', (ws: WebSocket) => raw(ws).write(Buffer.from('HTTP/1.1 500 Oh no\r\n\r\n')), /WS_ERR/],
  ['JSON without end', (ws: WebSocket) => ws.send('{"req_id": 1'), /not JSON/],
])('calls %s malformed, and asks once only', async (_, send, message) => {
  const server = await serve((ws) => send(ws));
  const { socket } = connect(server.url);
  const error = await failure(socket.ask({}, anything));
  expect([error.code, server.asked.length]).toEqual(['MALFORMED', 1]);
  expect(error.message).toMatch(message);
});

it('refuses a frame of 100 MB by its header', async () => {
  const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0x06, 0x40, 0, 0]);
  const server = await serve((ws) => {
    raw(ws).write(head);
    raw(ws).write(Buffer.alloc(1024 * 1024, 0x20));
  });
  const { socket } = connect(server.url);
  const error = await failure(socket.ask({}, anything));
  expect([error.code, error.message]).toEqual(['MALFORMED', expect.stringContaining('larger than any answer')]);
});

it('refuses a large message that comes in small pieces', async () => {
  const server = await serve((ws) => {
    const piece = 'x'.repeat(64 * 1024);
    ws.send(`"${piece}`, { fin: false });
    for (let i = 0; i < 40; i++) ws.send(piece, { fin: false });
  });
  const { socket } = connect(server.url, { tools: { maxPayload: 1024 * 1024 } });
  expect((await failure(socket.ask({}, anything))).code).toBe('MALFORMED');
});

/** Parsing a flood takes its time on a machine that has other things to do. */
const UNHURRIED = { ...QUICK, handshakeMs: 8_000, totalMs: 20_000, answerMs: 8_000 };

it('finds its answer among pings, and leaves a server that floods it with them', async () => {
  const server = await serve((ws, message) => {
    for (let i = 0; i < (message.pings as number); i++) ws.ping();
    reply(ws, message, { value: 'here' });
  });
  const { socket } = connect(server.url, { tools: { patience: UNHURRIED } });
  expect((await socket.ask({ pings: 50 }, anything)).value).toBe('here');
  expect((await failure(socket.ask({ pings: 50_000 }, anything))).code).toBe('UNAVAILABLE');
  expect(server.asked.length).toBe(1 + QUICK.attempts);
});

it('leaves a server that floods without end', async () => {
  const server = await serve((ws) => {
    const flood = (): void => {
      if (ws.readyState !== ws.OPEN) return;
      for (let i = 0; i < 5_000; i++) raw(ws).write(frame(1, Buffer.from('{"tick":1}')));
      setImmediate(flood);
    };
    flood();
  });
  const { socket } = connect(server.url, { tools: { patience: UNHURRIED } });
  const error = await failure(socket.ask({}, anything));
  expect([error.code, error.message]).toEqual(['MALFORMED', expect.stringContaining('floods')]);
});

it('does not go on parsing large messages that answer nothing', async () => {
  let sent = 0;
  const deep = `${'['.repeat(900_000)}${']'.repeat(900_000)}`;
  const server = await serve((ws) => {
    for (; sent < 20; sent++) ws.send(deep);
  });
  let heard = 0;
  const { socket } = connect(server.url, { tools: { patience: UNHURRIED, onBytes: () => (heard += 1) } });
  expect((await failure(socket.ask({}, anything))).message).toContain('floods');
  expect(heard).toBe(3);
});

it('reconnects when a server that was asked falls silent', async () => {
  const server = await serve((ws, message, connection) => {
    if (connection > 1) reply(ws, message);
  });
  const { socket } = connect(server.url, { channel: { keepAlive: { everyMs: 40, message: { beat: 0 } } } });
  const began = performance.now();
  expect((await socket.ask({ value: 1 }, anything)).value).toBe(1);
  expect(performance.now() - began).toBeGreaterThan(90);
  expect(server.connections()).toBe(2);
});

it('asks again on the same connection when only one answer was lost', async () => {
  const server = await serve((ws, message) => {
    if (server.asked.length > 1) reply(ws, message);
  });
  const { socket } = connect(server.url, {
    channel: { keepAlive: { everyMs: 400, message: { beat: 1 } } },
    tools: { patience: { ...UNHURRIED, answerMs: 1200 } },
  });
  expect((await socket.ask({ value: 1 }, anything)).value).toBe(1);
  expect([server.connections(), server.asked.length]).toEqual([1, 2]);
});

it('keeps to its deadline with a server that never answers, and names it', async () => {
  const server = await serve(() => undefined);
  const { socket } = connect(server.url, { tools: { patience: { ...QUICK, totalMs: 500, answerMs: 300 } } });
  const began = performance.now();
  const error = await failure(socket.ask({}, anything));
  expect(performance.now() - began).toBeLessThan(1_200);
  expect([error.code, error.message]).toEqual(['UNAVAILABLE', expect.stringContaining('127.0.0.1:')]);
});

it('makes no storm of a server that drops whoever asks', async () => {
  const server = await serve((ws) => ws.terminate());
  const { socket } = connect(server.url);
  const errors = await Promise.all(Array.from({ length: 8 }, () => failure(socket.ask({}, anything))));
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['UNAVAILABLE']));
  expect(server.connections()).toBeLessThanOrEqual(2 * QUICK.attempts);
});

it.each([
  [1000, 'UNAVAILABLE', 4],
  [1001, 'UNAVAILABLE', 4],
  [1011, 'UNAVAILABLE', 4],
  [1007, 'MALFORMED', 1],
  [1008, 'BLOCKED', 1],
  [1009, 'MALFORMED', 1],
  [3000, 'AUTH', 1],
])('reads the close code %d as %s', async (code, expected, times) => {
  const server = await serve((ws) => ws.close(code, `because\u0007 ${code}`));
  const { socket } = connect(server.url);
  const error = await failure(socket.ask({}, anything));
  expect([error.code, server.asked.length]).toEqual([expected, times]);
  expect(error.message).toContain(`${code} because? ${code}`);
});

it.each([
  [401, {}, '', 'AUTH', 1],
  [403, {}, '', 'BLOCKED', 1],
  [404, {}, '', 'MALFORMED', 1],
  [429, { 'retry-after': '3600' }, '', 'THROTTLED', 1],
  [302, { location: 'ws://127.0.0.1:1/' }, '', 'MALFORMED', 1],
  [200, {}, '<html>', 'MALFORMED', 1],
  [520, {}, '<html>', 'UNAVAILABLE', 4],
  [503, {}, '', 'UNAVAILABLE', 4],
  [400, {}, '{"error":{"code":"AUTH","message":"InvalidAppID"}}', 'AUTH', 1],
] as const)('reads the handshake status %d %j %s as %s', async (status, headers, body, expected, times) => {
  let handshakes = 0;
  const http = createServer();
  http.on('upgrade', (_request, stream) => {
    handshakes += 1;
    const lines = Object.entries({ 'content-length': body.length, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    stream.end(`HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n${body}`);
  });
  const { url } = await listen(http);
  const { socket, throttled } = connect(url, { channel: { secretQuery: { token: CANARY } } });
  const error = await failure(socket.ask({}, anything));
  expect([error.code, handshakes, throttled.length]).toEqual([expected, times, expected === 'THROTTLED' ? 1 : 0]);
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('CANARY');
});

it('does not wait for ever for a handshake', async () => {
  const http = createServer();
  http.on('upgrade', () => undefined);
  const { url } = await listen(http);
  const { socket } = connect(url, { tools: { patience: { ...QUICK, handshakeMs: 60 } } });
  const error = await failure(socket.ask({}, anything));
  expect([error.code, error.message]).toEqual(['UNAVAILABLE', expect.stringContaining('timed out')]);
});

it.each([
  [
    'a handshake with a false signature',
    'HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: no\r\n\r\n',
  ],
  ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
])('calls %s malformed', async (_, bytes) => {
  const http = createServer();
  http.on('upgrade', (_request, stream) => stream.end(bytes));
  const { url } = await listen(http);
  const { socket } = connect(url);
  expect((await failure(socket.ask({}, anything))).code).toBe('MALFORMED');
});

it('says that nobody is there', async () => {
  const { url, close } = await listen(createServer());
  await close();
  const { socket, said } = connect(url, { channel: { secretQuery: { token: CANARY } } });
  const error = await failure(socket.ask({}, anything));
  expect([error.code, error.message]).toEqual(['UNAVAILABLE', expect.stringContaining('refuses the connection')]);
  expect(`${error.message}${error.stack}${said}`).not.toContain('CANARY');
});

it('joins secrets to the address, and nowhere else', async () => {
  const server = await serve((ws, message, connection) => (connection === 1 ? ws.terminate() : reply(ws, message)));
  const { socket, said } = connect(`${server.url}/v3?app_id=1`, { channel: { secretQuery: { token: CANARY } } });
  await socket.ask({}, anything);
  expect(server.paths.map((path) => new URL(path, 'ws://x').searchParams.get('token'))).toEqual([CANARY, CANARY]);
  expect(server.paths[0]).toContain('app_id=1');
  expect(said.length).toBeGreaterThan(0);
  expect(said.join('\n')).not.toContain('CANARY');
});
