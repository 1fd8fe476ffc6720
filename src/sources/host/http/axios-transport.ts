import type { Agent } from 'node:http';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import type { AxiosInstance, AxiosResponse, AxiosStatic } from 'axios';
import { Agents } from './agents.js';
import type { RawReply, RawRequest, Transport } from './transport.js';

/**
 * axios as a bare courier. It follows no redirect (it would carry key headers to another host), inflates nothing
 * (its cap counts wrongly for streams), and judges no status; the host does all three.
 */
export class AxiosTransport implements Transport {
  readonly #agents: Agents;
  #client: AxiosInstance | undefined;

  constructor(concurrency: number) {
    this.#agents = new Agents(concurrency);
  }

  /** The agent that leads to a URL, through the proxy the environment names for it: sockets share it. */
  agentFor(url: URL): Promise<Agent> {
    return this.#agents.for(url);
  }

  async send({ url, headers, signal }: RawRequest): Promise<RawReply> {
    this.#client ??= createClient();
    const agent = await this.#agents.for(url);
    const reply: AxiosResponse<Readable> = await this.#client.get(url.href, {
      headers: { ...headers },
      signal,
      httpAgent: agent,
      httpsAgent: agent,
    });
    return {
      status: reply.status,
      headers: flatten(reply.headers),
      body: reply.data,
      discard: () => {
        reply.data.on('error', () => undefined); // a body nobody wants may fail as it likes
        reply.data.destroy();
      },
    };
  }

  close(): void {
    this.#agents.close();
  }
}

// 2026-11-21: one file in place of 67, and 75 ms in place of 135, for everybody's first request.
function createClient(): AxiosInstance {
  const axios = createRequire(import.meta.url)('axios') as AxiosStatic;
  return axios.create({
    adapter: 'http',
    responseType: 'stream',
    decompress: false,
    maxRedirects: 0,
    maxContentLength: -1,
    proxy: false, // the agents know the way; axios' own has no tunnel for https
    validateStatus: () => true,
    transformResponse: [],
  });
}

function flatten(headers: AxiosResponse['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null)
      flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return flat;
}
