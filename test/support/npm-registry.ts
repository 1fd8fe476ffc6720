import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Release {
  readonly manifest: Readonly<Record<string, unknown>> & { readonly name: string; readonly version: string };
  readonly bytes: Buffer;
  readonly publishedAt: Date;
  /** What is sent for it; other bytes than were published, where a test wants that. */
  readonly sent?: Buffer;
}

export interface NpmRegistry extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  publish(release: Release): void;
}

/** npm's registry on loopback, as far as installing a package goes: packuments and packed packages. */
export async function openNpmRegistry(): Promise<NpmRegistry> {
  const releases = new Map<string, Release[]>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    const [, name = '', file] = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(.+))?$/.exec(path) ?? [];
    const published = releases.get(name) ?? [];
    const packed = published.find(({ manifest }) => file === `${manifest.version}.tgz`);
    if (packed !== undefined) return response.end(packed.sent ?? packed.bytes);
    if (published.length === 0 || file !== undefined) return response.writeHead(404).end('{"error":"Not found"}');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(describe(published, url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    publish(release) {
      const { name } = release.manifest;
      releases.set(name, [...(releases.get(name) ?? []), release]);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function describe(published: readonly Release[], url: string): unknown {
  const latest = published.at(-1) as Release;
  const { name } = latest.manifest;
  return {
    name,
    'dist-tags': { latest: latest.manifest.version },
    versions: Object.fromEntries(
      published.map(({ manifest, bytes }) => [
        manifest.version,
        {
          ...manifest,
          _npmUser: { name: 'jane', email: 'jane@example.org' },
          dist: {
            tarball: `${url}/${name}/-/${manifest.version}.tgz`,
            integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
            shasum: createHash('sha1').update(bytes).digest('hex'),
          },
        },
      ]),
    ),
    time: Object.fromEntries(
      published.map(({ manifest, publishedAt }) => [manifest.version, publishedAt.toISOString()]),
    ),
  };
}
