import { Candidates } from './candidate.js';
import { refuseFolder, refuseLeftover } from './leftovers.js';
import type { Claim, LegacyReader, Refused } from './reader.js';
import type { SourceTree } from './source-tree.js';

/** What the walk makes of a file, or of a folder it does not enter. */
export type Scanned =
  | { readonly kind: 'claimed'; readonly path: string; readonly claim: Claim; readonly reader: LegacyReader }
  | { readonly kind: 'refused'; readonly path: string; readonly refused: Refused }
  /** Nobody knows it. */
  | { readonly kind: 'foreign'; readonly path: string };

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Written beside the data by old tools, and judged after it: by then it is known whose they are. */
const COMPANION = /(^|[._-])(metadata\.json|checksum)$/i;

/**
 * Looks at every file of a tree in the order of their names and asks the readers, the most specific first. Links are
 * named and not followed. What belongs to a claimed file (its sidecar) is not told of again.
 */
export async function* scanTree(
  tree: SourceTree,
  readers: readonly LegacyReader[],
  options: ScanOptions = {},
): AsyncGenerator<Scanned> {
  yield* scanFolder('', { tree, readers, options, candidates: new Candidates(tree), companions: new Set() });
}

/** What it leads to lies in this tree, and is met there, or elsewhere, where nobody asked. A pipe would never end. */
const NOT_FOLLOWED: Refused = {
  code: 'LINK',
  reason: 'it is a link, or neither file nor folder: give --from the folder itself',
};

interface Walk {
  readonly tree: SourceTree;
  readonly readers: readonly LegacyReader[];
  readonly options: ScanOptions;
  readonly candidates: Candidates;
  readonly companions: Set<string>;
}

async function* scanFolder(folder: string, walk: Walk): AsyncGenerator<Scanned> {
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  let entries: Awaited<ReturnType<SourceTree['list']>>;
  try {
    entries = await walk.tree.list(folder);
  } catch (error) {
    yield { kind: 'refused', path: folder, refused: unreadable('this folder', error) };
    return;
  }
  if (entries === undefined) return;
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const beside = new Set(sorted.map(({ name }) => name));
  const files = sorted.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  const known = new Set<string>();
  for (const name of files.filter((each) => !COMPANION.test(each))) {
    const scanned = await judge(at(name), beside, walk);
    if (scanned.kind !== 'foreign') known.add(name).add(name.replace(/\..*$/, ''));
    yield scanned;
  }
  for (const { name, kind } of sorted) {
    if (kind === 'other') yield { kind: 'refused', path: at(name), refused: NOT_FOLLOWED };
    if (kind !== 'folder') continue;
    const refused = refuseFolder(name);
    if (refused === undefined) yield* scanFolder(at(name), walk);
    else yield { kind: 'refused', path: at(name), refused };
  }
  for (const name of files.filter((each) => COMPANION.test(each))) {
    const path = at(name);
    if (!walk.companions.delete(path) && !isOfKnown(name, known)) yield { kind: 'foreign', path };
  }
}

/** Beside a file that is refused, or one for all files of a folder: it goes nowhere, and nobody has to wonder at it. */
function isOfKnown(name: string, known: ReadonlySet<string>): boolean {
  return name === 'metadata.json' ? known.size > 0 : known.has(name.replace(COMPANION, ''));
}

async function judge(path: string, beside: ReadonlySet<string>, walk: Walk): Promise<Scanned> {
  walk.options.signal?.throwIfAborted();
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    const candidate = await walk.candidates.open(path, beside);
    const leftover = refuseLeftover(name, candidate.magic);
    if (leftover !== undefined) return { kind: 'refused', path, refused: leftover };
    if (candidate.magic === 'empty')
      return { kind: 'refused', path, refused: { code: 'EMPTY', reason: 'it has no bytes' } };
    for (const reader of walk.readers) {
      const outcome = await reader.recognise(candidate);
      if (outcome === undefined) continue;
      if ('code' in outcome) return { kind: 'refused', path, refused: outcome };
      for (const companion of outcome.companions) walk.companions.add(companion);
      return { kind: 'claimed', path, claim: outcome, reader };
    }
    return { kind: 'foreign', path };
  } catch (error) {
    walk.options.signal?.throwIfAborted();
    return { kind: 'refused', path, refused: unreadable('it', error) };
  }
}

function unreadable(what: string, error: unknown): Refused {
  return { code: 'UNREADABLE', reason: `${what} cannot be read: ${error instanceof Error ? error.message : error}` };
}
