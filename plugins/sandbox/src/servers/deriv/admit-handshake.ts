import type { IncomingMessage } from 'node:http';
import { type Generation, PATHS } from './options.js';

/** Whether a connection is let in, and on what terms: an app id that cannot be is told so only in the first answer. */
export function admitHandshake(
  request: IncomingMessage,
  generation: Generation,
): { readonly status: 404 | 401 } | { readonly status: 101; readonly appIdIsGood: boolean } {
  const url = new URL(request.url ?? '/', 'ws://localhost');
  if (url.pathname !== PATHS[generation]) return { status: 404 };
  if (generation === 'new') return { status: 101, appIdIsGood: true };
  const appId = url.searchParams.get('app_id');
  if (appId === null || appId === '') return { status: 401 };
  return { status: 101, appIdIsGood: /^[0-9]+$/.test(appId) };
}
