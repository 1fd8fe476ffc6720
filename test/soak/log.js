import { createWriteStream } from 'node:fs';

/** Every step on a line of its own, so that a failure can be read from its beginning. */
export function openLog(file) {
  const out = createWriteStream(file);
  const begun = performance.now();
  const counts = new Map();
  const violations = [];
  return {
    file,
    violations,
    counts,
    write(what, more = {}) {
      out.write(`${JSON.stringify({ s: Math.round(performance.now() - begun) / 1000, what, ...more })}\n`);
    },
    count(name, by = 1) {
      counts.set(name, (counts.get(name) ?? 0) + by);
    },
    violation(text, more = {}) {
      violations.push(text);
      this.write('VIOLATION', { text, ...more });
      process.stderr.write(`VIOLATION after ${Math.round((performance.now() - begun) / 1000)} s: ${text}\n`);
    },
    close: () => new Promise((resolve) => out.end(resolve)),
  };
}
