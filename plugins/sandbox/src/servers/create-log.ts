import type { LoggedRequest, RequestLog } from './server.js';

/** A sandbox may run for days: of its requests the latest are remembered. */
const KEPT = 100_000;

export function createLog(onRequest?: (request: LoggedRequest) => void): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > KEPT) entries.splice(0, KEPT / 10);
      onRequest?.(entry);
    },
    clear() {
      entries.length = 0;
    },
  };
}
