import type { LoggedRequest } from '../servers/server.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what comes over a wire must not move the cursor
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const SECRET = /((?:apikey|api_key|x_cg_\w+_api_key|token)=)[^&\s"]+|("(?:authorize|token)":")[^"]+/gi;

/** One line for one request: when, whom, how it went, what. Somebody's own key may have strayed here: it is not shown. */
export function describeRequest({ at, server, status, cost, what, note }: LoggedRequest): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const asked = what.replace(CONTROL, '\ufffd').replace(SECRET, '$1$2…');
  const shown = asked.length > 240 ? `${asked.slice(0, 240)}…` : asked;
  const more = note === undefined ? '' : `  (${note})`;
  return `${time}  ${server.padEnd(15)}  ${status}  ${String(cost).padStart(3)}  ${shown}${more}`;
}
