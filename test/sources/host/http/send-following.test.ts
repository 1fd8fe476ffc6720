import { describe, expect, it } from '@jest/globals';
import { createErrors } from '../../../../src/sources/host/host-error.js';
import { sendFollowing } from '../../../../src/sources/host/http/send-following.js';
import { PATIENCE } from '../../../../src/sources/host/patience.js';
import { type StubReply, stubTransport } from '../../../support/stub-transport.js';

const error = createErrors('tiny', 'Tiny', (text) => text);

function send(answer: (path: string) => StubReply, from = 'https://tiny.example/a?apikey=k') {
  const transport = stubTransport(({ url }) => answer(url.pathname));
  const request = { url: new URL(from), headers: { 'x-api-key': 'k' }, signal: new AbortController().signal };
  return { transport, reply: sendFollowing(request, { transport, patience: PATIENCE, error }) };
}

describe('a redirect', () => {
  it.each(['/b', 'https://tiny.example/b', 'b', '//tiny.example/b', 'https://tiny.example:443/b'])(
    'to %s stays at home, and is followed',
    async (location) => {
      const { transport, reply } = send((path) => (path === '/b' ? {} : { status: 308, headers: { location } }));
      expect((await reply).status).toBe(200);
      expect(transport.sent[1]?.request.url.href).toBe('https://tiny.example/b');
    },
  );

  it.each([
    ['the same host without encryption', 'http://tiny.example/b'],
    ['another port', 'https://tiny.example:8443/b'],
    ['a host that only begins so', 'https://tiny.example.evil.example/b'],
    ['a user of that name', 'https://tiny.example@evil.example/b'],
    ['a backslash', '\\\\evil.example/b'],
  ])('to %s is not: neither headers nor query go there', async (_, location) => {
    const { transport, reply } = send(() => ({ status: 302, headers: { location } }));
    await expect(reply).rejects.toMatchObject({ code: 'MALFORMED' });
    expect(transport.sent).toHaveLength(1);
  });

  it('does not carry the query along', async () => {
    const { transport, reply } = send((path) => (path === '/b' ? {} : { status: 302, headers: { location: '/b' } }));
    await reply;
    expect(transport.sent[1]?.request.url.search).toBe('');
  });

  it('in a circle ends', async () => {
    const { transport, reply } = send(() => ({ status: 302, headers: { location: '/a' } }));
    await expect(reply).rejects.toMatchObject({ code: 'MALFORMED', message: expect.stringContaining('circle') });
    expect(transport.sent).toHaveLength(6);
  });
});

describe('a connection that fails', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'a certificate that has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'a certificate of another host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'a certificate that nobody vouches for'],
    ['ENOTFOUND', 'cannot be found'],
    ['ECONNREFUSED', 'refuses the connection'],
    ['ECONNRESET', 'broke off'],
    ['HPE_HEADER_OVERFLOW', 'headers without end'],
    ['HPE_INVALID_CONSTANT', 'does not speak HTTP'],
    ['ESOMETHING', 'ESOMETHING'],
  ])('with %s says %s, and nothing of the request', async (code, words) => {
    const failure = Object.assign(new Error(`x ${code}`), { code, config: { url: 'https://tiny.example/a?apikey=k' } });
    const { reply } = send(() => {
      throw failure;
    });
    const refused = await reply.catch((cause: unknown) => cause);
    expect(refused).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(words) });
    expect((refused as Error).message).toContain('tiny.example');
    expect(JSON.stringify(refused) + JSON.stringify((refused as Error).cause)).not.toContain('apikey');
  });
});
