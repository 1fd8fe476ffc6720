import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getProxyForUrl } from 'proxy-from-env';
import { isLoopback } from '../../../market/loopback.js';

/** Connections, kept and shared: straight, or through the proxy that HTTP(S)_PROXY and NO_PROXY name for a host. */
export class Agents {
  readonly #kept = new Map<string, Promise<HttpAgent>>();
  constructor(private readonly maxSockets: number) {}

  for(url: URL): Promise<HttpAgent> {
    const secure = url.protocol === 'https:' || url.protocol === 'wss:';
    // This machine is not behind its own proxy: a simulated server is asked directly, whatever the environment says.
    const proxy = isLoopback(url.hostname) ? '' : getProxyForUrl(url.href.replace(/^ws/, 'http'));
    const key = `${secure}|${proxy}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const made = this.#make(secure, proxy);
    this.#kept.set(key, made);
    return made;
  }

  close(): void {
    for (const agent of this.#kept.values()) void agent.then((each) => each.destroy()).catch(() => undefined);
    this.#kept.clear();
  }

  async #make(secure: boolean, proxy: string): Promise<HttpAgent> {
    const options = { keepAlive: true, maxSockets: this.maxSockets };
    if (proxy === '') return secure ? new HttpsAgent(options) : new HttpAgent(options);
    if (secure) {
      const { HttpsProxyAgent } = await import('https-proxy-agent');
      return new HttpsProxyAgent(proxy, options) as unknown as HttpAgent;
    }
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return new HttpProxyAgent(proxy, options) as unknown as HttpAgent;
  }
}
