// Damages old files again and again and has the built program scan and read them, in a process of its own whose memory
// is capped: node --max-old-space-size=256 damage-child.js FOLDER SEED TIMES. FOLDER/cases has a folder a case, and
// FOLDER/last is told of each damage before it is done, for when it hangs. Prints one line of JSON. Where it is to
// damage nothing, it reads each case once as it is.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { READERS } from '../../dist/legacy/readers.js';
import { scanTree } from '../../dist/legacy/scan-tree.js';

const [folder, seed, times] = process.argv.slice(2);
const NOW = Date.UTC(2026, 10, 1);

let state = Number(seed);
/** A whole number below the limit; the generator is mulberry32. */
function random(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
}

function load(name) {
  const root = path.join(folder, 'cases', name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => {
    const at = path.join(entry.parentPath ?? entry.path, entry.name);
    return { path: path.relative(root, at).replaceAll('\\', '/'), bytes: readFileSync(at) };
  });
}

/** Where descriptions lie, at both ends, as often as anywhere else. */
function place({ length }) {
  const near = Math.min(length, 400);
  return [random(length), length - 1 - random(near), random(near)][random(3)];
}

const DAMAGES = {
  bytes: (bytes) => {
    for (let left = 1 + random(3); left > 0; left--) bytes[place(bytes)] = random(256);
  },
  bit: (bytes) => {
    bytes[place(bytes)] ^= 1 << random(8);
  },
  ones: (bytes) => {
    const at = place(bytes);
    bytes.fill(255, at, at + 1 + random(8));
  },
  zeros: (bytes) => {
    const at = place(bytes);
    bytes.fill(0, at, at + 1 + random(32));
  },
  moved: (bytes) => {
    const from = place(bytes);
    bytes.copyWithin(place(bytes), from, from + random(64));
  },
  cut: (bytes) => bytes.subarray(0, place(bytes)),
};

function treeOf(files) {
  const known = new Map(files.map((file) => [file.path, file.bytes]));
  return {
    async list(at) {
      const prefix = at === '' ? '' : `${at}/`;
      const inside = [...known.keys()].filter((each) => each.startsWith(prefix));
      const entries = new Map(
        inside.map((each) => {
          const [name, ...rest] = each.slice(prefix.length).split('/');
          return [name, { name, kind: rest.length === 0 ? 'file' : 'folder' }];
        }),
      );
      return inside.length === 0 ? undefined : [...entries.values()];
    },
    async open(at) {
      const bytes = known.get(at);
      if (bytes === undefined) throw new Error(`no file ${at}`);
      return {
        bytes: bytes.length,
        modified: NOW,
        async read(offset, length) {
          if (!(offset >= 0 && length >= 0)) throw new RangeError('a read before the file');
          return Uint8Array.from(bytes.subarray(offset, offset + length));
        },
        close: async () => undefined,
      };
    },
  };
}

/** What came of it; what may not come of it begins with `wrong`. */
async function judge(files) {
  const tree = treeOf(files);
  const outcomes = [];
  for await (const { kind, refused, claim, reader } of scanTree(tree, READERS)) {
    if (kind === 'refused') outcomes.push(isOwn(refused.reason) ? refused.code : `wrong refusal: ${refused.reason}`);
    if (kind === 'foreign') outcomes.push('foreign');
    if (kind !== 'claimed') continue;
    try {
      for await (const { time, values } of reader.read(claim, tree, { now: NOW }))
        if (values.some(({ length }) => length !== time.length)) outcomes.push('wrong: columns of two lengths');
      outcomes.push('rows');
    } catch (error) {
      if (error.name !== 'LegacyError' || !isOwn(error.message)) outcomes.push(`wrong error: ${error.stack}`);
      else outcomes.push(`cannot be read: ${error.code}`);
    }
  }
  return outcomes;
}

/** Not what the engine says of a program's mistake. */
function isOwn(text) {
  return !/^it cannot be read|undefined|null|\bview\b|typed array|not iterable|invalid (array|string|typed)/i.test(
    text,
  );
}

/** The system's own count would begin with the parent's, because a child is a copy of it for a moment. */
function peakOfMemory() {
  return Math.round(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1] / 1024);
}

const cases = readdirSync(path.join(folder, 'cases')).map((name) => ({ name, files: load(name) }));
const counts = {};
const wrong = [];
let slowest = 0;
async function suffer(what, files, prefix = '') {
  writeFileSync(path.join(folder, 'last'), what);
  const begun = performance.now();
  for (const outcome of await judge(files)) {
    const key = outcome.startsWith('wrong') ? 'wrong' : prefix + outcome;
    counts[key] = (counts[key] ?? 0) + 1;
    if (key === 'wrong') wrong.push(`${what}: ${outcome}`);
  }
  slowest = Math.max(slowest, performance.now() - begun);
}

for (let turn = 0; turn < Number(times); turn++) {
  const { name, files } = cases[random(cases.length)];
  const at = random(files.length);
  const kind = Object.keys(DAMAGES)[random(Object.keys(DAMAGES).length)];
  const bytes = Uint8Array.from(files[at].bytes);
  const damaged = { ...files[at], bytes: DAMAGES[kind](bytes) ?? bytes };
  await suffer(
    `${turn}: ${kind} of ${files[at].path} in ${name}`,
    files.map((file, index) => (index === at ? damaged : file)),
  );
}
if (Number(times) === 0) for (const { name, files } of cases) await suffer(name, files, `${name}: `);
process.stdout.write(`${JSON.stringify({ counts, wrong, slowest: Math.round(slowest), mib: peakOfMemory() })}\n`);
