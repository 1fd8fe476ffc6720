import path from 'node:path/posix';
import { readHead } from './read-head.js';
import type { Candidate } from './reader.js';
import type { SourceTree } from './source-tree.js';

const MOST_BYTES = 64 * 2 ** 20;
/** An index of a whole cache is asked for with each of its files: the last few are kept. */
const KEPT = 8;

/** Makes candidates of one tree. */
export class Candidates {
  readonly #documents = new Map<string, Promise<unknown>>();

  constructor(private readonly tree: SourceTree) {}

  async open(at: string, beside: ReadonlySet<string>): Promise<Candidate> {
    const file = await this.tree.open(at);
    try {
      const { magic, text } = await readHead(file);
      return {
        path: at,
        segments: at.split('/'),
        magic,
        bytes: file.bytes,
        modified: file.modified,
        head: text,
        beside,
        tree: this.tree,
        document: (name) => this.#document(path.join(path.dirname(at), name)),
      };
    } finally {
      await file.close();
    }
  }

  #document(at: string): Promise<unknown> {
    if (at.startsWith('..')) return Promise.resolve(undefined);
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
      return JSON.parse(new TextDecoder().decode(await file.read(0, file.bytes)));
    } finally {
      await file.close();
    }
  } catch {
    // No such file, or not JSON: an old sidecar is a hint, and its loss is no reason to refuse bars.
    return undefined;
  }
}
