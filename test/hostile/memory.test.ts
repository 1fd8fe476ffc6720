import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Asked, acceptSocket, frame, type HostileServer, startHostile } from '../support/hostile-server.js';

/** Replies that are made to eat memory. Each provider meets them in a process of its own, whose peak is measured. */
const MIB = 1024 * 1024;
const MOST_MIB = 300;

interface Bulk {
  readonly encoding?: 'gzip' | 'br';
  readonly body: Buffer;
  /** What it goes on with, for ever. */
  readonly more?: Buffer;
}

const fill = (unit: string, bytes: number): Buffer => Buffer.alloc(bytes, unit);
const list = (unit: string, last: string): Buffer =>
  Buffer.concat([Buffer.from('['), fill(unit, 30 * MIB), Buffer.from(`${last}]`)]);
const textOf = (unit: string): Buffer =>
  Buffer.concat([Buffer.from('{"a":"'), fill(unit, 30 * MIB), Buffer.from('"}')]);

/** Packed in small members, one after the other, so that it stays below the ratio that gives a bomb away. */
function packDensely(body: Buffer): Buffer {
  const junk = Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 7919) % 251));
  return gzipSync(
    Buffer.concat(
      Array.from({ length: 4000 }, (_, i) => Buffer.concat([junk.map((byte) => 35 + ((byte * (i + 3)) % 50)), body])),
    ),
  );
}

const CASES: Readonly<Record<string, () => Bulk>> = {
  '30 a gzip bomb of 200 MB': () => ({ encoding: 'gzip', body: gzipSync(fill('0', 200 * MIB)) }),
  '30 gzip of 60 MB that is no bomb by its ratio': () => ({ encoding: 'gzip', body: packDensely(fill('0', 15_000)) }),
  '31 a brotli bomb of 200 MB': () => ({
    encoding: 'br',
    body: brotliCompressSync(fill(' ', 200 * MIB), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  }),
  '33 a list without end': () => ({
    body: Buffer.from('['),
    more: fill('[1714521600000,"1","1","1","1","1",1714525199999,"1",1,"1","1","0"],', 68 * 1000),
  }),
  '33 a table without end': () => ({
    body: Buffer.from('timestamp,open,high,low,close,volume\r\n'),
    more: fill('2024-05-01,1,1,1,1,1\r\n', 22 * 1000),
  }),
  '34 a text of 30 MB in one line': () => ({ body: textOf('x') }),
  '34 a text of 30 MB that is not English': () => ({ body: textOf('日') }),
  '34 a line that says it has 1 GiB': () => ({ body: Buffer.from('{"a":"'), more: fill('x', MIB) }),
  '35 lists in lists, fifteen million deep': () => ({
    body: Buffer.concat([fill('[', 15 * MIB), fill(']', 15 * MIB)]),
  }),
  '35 ten million objects': () => ({ body: list('{},', '{}') }),
  '35 ten million objects, packed': () => ({ encoding: 'gzip', body: gzipSync(list('{},', '{}')) }),
  '35 ten million numbers': () => ({ body: list('17,', '17') }),
};

function serve({ encoding, body, more }: Bulk): (asked: Asked) => void {
  return (asked) => {
    const { socket } = asked;
    if (asked.headers.upgrade !== undefined) {
      // As much as one message may have, in the place of the bars.
      const junk = Buffer.concat([body, more ?? Buffer.alloc(0)]).subarray(0, 3.9 * MIB);
      acceptSocket(asked, (text) => {
        const { req_id: id } = JSON.parse(text) as { req_id: number };
        socket.write(frame(1, Buffer.concat([Buffer.from(`{"req_id":${id},"candles":`), junk, Buffer.from('}')])));
      });
      return;
    }
    const coded = encoding === undefined ? '' : `content-encoding: ${encoding}\r\n`;
    const length = more === undefined ? `content-length: ${body.length}\r\n` : '';
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${coded}${length}\r\n`);
    socket.write(body);
    if (more === undefined) return void socket.end();
    const pour = (): void => {
      while (!socket.destroyed && socket.write(more));
    };
    socket.on('drain', pour);
    pour();
  };
}

type Outcomes = Readonly<Record<string, { code: string; rows: number; ms: number; mib: number }>>;

const servers: HostileServer[] = [];
let ports: Readonly<Record<string, number>> = {};
beforeAll(async () => {
  for (const make of Object.values(CASES)) servers.push(await startHostile(serve(make())));
  ports = Object.fromEntries(Object.keys(CASES).map((name, i) => [name, servers[i]?.port as number]));
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

async function suffer(provider: string): Promise<Outcomes> {
  if (!existsSync('dist/index.js')) throw new Error('these tests run the built program: npm run build');
  const child = spawn(process.execPath, [
    '--expose-gc',
    path.resolve('test/hostile/memory-child.js'),
    provider,
    JSON.stringify(ports),
  ]);
  let [said, complained] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (said += text));
  child.stderr.on('data', (text: Buffer) => (complained += text));
  const [status] = await once(child, 'close');
  expect({ status, complained }).toEqual({ status: 0, complained: '' });
  return JSON.parse(said) as Outcomes;
}

/** Where the peak of a process can be read; elsewhere nothing is proved, and that is shown as skipped. */
const onLinux = existsSync('/proc/self/status') ? describe : describe.skip;

onLinux('replies made to eat memory', () => {
  it.each(['tiny', 'binance', 'deriv', 'yahoo', 'alpha-vantage', 'coingecko'])('%s', async (provider) => {
    const outcomes = await suffer(provider);
    expect(Object.keys(outcomes)).toEqual(Object.keys(CASES));
    const wrong = Object.entries(outcomes).filter(([name, { code, rows, ms, mib }]) => {
      // What takes any JSON may take a long text, and finds no bars in it.
      const codes = provider === 'tiny' && name.startsWith('34 a text') ? ['none'] : ['MALFORMED', 'UNAVAILABLE'];
      return !codes.includes(code) || rows > 0 || ms > 5000 || mib > MOST_MIB;
    });
    expect(wrong).toEqual([]);
  });
});
