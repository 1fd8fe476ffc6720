import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { AxiosTransport } from '../../../../src/sources/host/http/axios-transport.js';

const transport = new AxiosTransport(2);
const signal = new AbortController().signal;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
  transport.close();
});

async function send(path: string, headers: Readonly<Record<string, string>> = {}) {
  const reply = await transport.send({ url: new URL(path, 'https://api.example.test'), headers, signal });
  const parts: Uint8Array[] = [];
  for await (const chunk of reply.body) parts.push(chunk);
  return { ...reply, bytes: Buffer.concat(parts) };
}

describe('the courier', () => {
  it.each([200, 301, 404, 418, 503])('brings status %i as an answer', async (status) => {
    nock('https://api.example.test').get('/x').reply(status, 'body');
    const { bytes, ...reply } = await send('/x');
    expect(reply.status).toBe(status);
    expect(bytes.toString()).toBe('body');
  });

  it('follows no redirect, so that no header travels', async () => {
    nock('https://api.example.test').get('/from').reply(302, '', { location: 'https://elsewhere.test/to' });
    const elsewhere = nock('https://elsewhere.test').get('/to').reply(200, 'stolen');
    expect((await send('/from', { 'x-key': 'k' })).status).toBe(302);
    expect(elsewhere.isDone()).toBe(false);
  });

  it('inflates nothing and changes no byte', async () => {
    const raw = Buffer.from([0x1f, 0x8b, 0, 255, 128]);
    nock('https://api.example.test').get('/raw').reply(200, raw, { 'Content-Encoding': 'gzip' });
    const { bytes, headers } = await send('/raw');
    expect(bytes).toEqual(raw);
    expect(headers['content-encoding']).toBe('gzip');
  });

  it('sends the headers it is given, and names replies’ headers in lower case', async () => {
    nock('https://api.example.test', { reqheaders: { 'user-agent': 'almanac', 'x-key': 'k' } })
      .get('/h')
      .reply(200, '', { 'X-MBX-USED-WEIGHT-1M': '12' });
    expect((await send('/h', { 'user-agent': 'almanac', 'x-key': 'k' })).headers['x-mbx-used-weight-1m']).toBe('12');
  });

  it('passes on what the network says', async () => {
    nock('https://api.example.test')
      .get('/down')
      .replyWithError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    await expect(send('/down')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
