/** What may be said of a market that misbehaves, a cache that others write, and files that were hurt. */
const TROUBLES = new Set([
  'THROTTLED',
  'UNAVAILABLE',
  'MALFORMED',
  'BLOCKED',
  'QUOTA',
  'STORE_LOCKED',
  'STORE_CONFLICT',
  'NO_DATA',
  'INTERRUPTED',
]);
const HURT = new Set(['STORE_DAMAGED', 'FILE_UNREADABLE']);
const CRASH = /TypeError|ReferenceError|RangeError|SyntaxError|Unhandled|AssertionError|\n\s+at .+:\d+:\d+/;

/** Everything wrong with how a program ended; nothing where it ended as it may. */
export function judgeRun(run, { exits, allowed = [], hurt, signalled }) {
  const wrong = [];
  const codes = run.document === undefined ? [] : codesOf(run.document);
  const stopped = run.signal !== null || run.exit === 130 || run.exit === 143;
  if (CRASH.test(run.stderr)) wrong.push('it crashed');
  if (stopped) {
    if (!signalled) wrong.push(`it was ended by ${run.signal ?? run.exit} and nobody did that`);
  } else if (!exits.includes(run.exit) && !isAbsent(run.exit, codes)) wrong.push(`it ended with ${run.exit}`);
  for (const code of codes) {
    if (TROUBLES.has(code) || allowed.includes(code) || (hurt && HURT.has(code))) continue;
    wrong.push(`it says ${code}`);
  }
  return { wrong, codes };
}

/** What was named is not there at present, for somebody removed it. */
const isAbsent = (exit, codes) => exit === 2 && codes.includes('NO_DATA');

/** The document of a command under `--json`; a text that is none is a fault unless the program was cut off. */
export function parseDocument(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codesOf(document) {
  const listed = [document, ...(Array.isArray(document.series) ? document.series : [])];
  return listed.flatMap(({ error }) => (error?.code === undefined ? [] : [error.code]));
}
