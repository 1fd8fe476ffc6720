import path from 'node:path/posix';
import { readHead } from './read-head.js';
import type { Candidate } from './reader.js';
import type { SourceTree } from './source-tree.js';

const MOST_BYTES = 32 * 2 ** 20;
/** Lists and objects: an index has two for each of its files. What holds millions is made to eat memory. */
const MOST_OPENINGS = 1_000_000;
/** An index of a whole cache is asked for with each of its files: the last few are kept. */
const KEPT = 8;

/** Makes candidates of one tree. */
export class Candidates {
  readonly #documents = new Map<string, Promise<unknown>>();

  constructor(private readonly tree: SourceTree) {}

  async open(at: string, beside: ReadonlySet<string>): Promise<Candidate> {
    const file = await this.tree.open(at);
    try {
      const { magic, text, fault } = await readHead(file);
      return {
        path: at,
        segments: at.split('/'),
        magic,
        bytes: file.bytes,
        modified: file.modified,
        head: text,
        fault,
        beside,
        tree: this.tree,
        document: (name) => this.#document(path.join(path.dirname(at), name)),
      };
    } finally {
      await file.close();
    }
  }

  #document(at: string): Promise<unknown> {
    if (at.split('/')[0] === '..') return Promise.resolve(undefined);
    const known = this.#documents.get(at);
    if (known !== undefined) return known;
    const document = readDocument(this.tree, at);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size >= KEPT && oldest !== undefined) this.#documents.delete(oldest);
    this.#documents.set(at, document);
    return document;
  }
}

async function readDocument(tree: SourceTree, at: string): Promise<unknown> {
  try {
    const file = await tree.open(at);
    try {
      if (file.bytes > MOST_BYTES) return undefined;
      const bytes = await file.read(0, file.bytes);
      return countOpenings(bytes) > MOST_OPENINGS ? undefined : JSON.parse(new TextDecoder().decode(bytes));
    } finally {
      await file.close();
    }
  } catch {
    // No such file, or not JSON: an old sidecar is a hint, and its loss is no reason to refuse bars.
    return undefined;
  }
}

function countOpenings(bytes: Uint8Array): number {
  let count = 0;
  // `{` and `[` and nothing else in ASCII are these two.
  for (let at = 0; at < bytes.length; at++) if (((bytes[at] as number) & 0xdf) === 0x5b) count++;
  return count;
}
