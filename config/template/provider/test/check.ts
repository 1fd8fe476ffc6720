import type { CheckServer } from 'almanac/provider/testing';
import { startServer } from './server.js';

/** What `almanac providers check .` asks in place of the real service: `almanac.check` in package.json names it. */
export async function startCheck(): Promise<CheckServer> {
  const { url, close } = await startServer();
  return { options: { url }, close };
}
