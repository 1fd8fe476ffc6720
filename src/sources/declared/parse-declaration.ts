import { type Fault, findPlainFault } from './check-plain.js';
import type { Declaration } from './schema.js';

/** More than any exchange needs to be described; a file above it is not even read. */
export const LARGEST_FILE = 64 * 1024;

export type Parsed = { readonly file: Declaration } | { readonly fault: Fault; readonly id?: string };

/** A file's text as a declaration, or the first thing that is wrong with it. */
export async function parseDeclaration(text: string, form: 'json' | 'yaml'): Promise<Parsed> {
  if (Buffer.byteLength(text) > LARGEST_FILE)
    return { fault: { at: '', what: `is larger than ${LARGEST_FILE / 1024} KiB, which no declaration needs` } };
  const read = form === 'json' ? readJson(text) : await readYaml(text);
  if ('what' in read) return { fault: read };
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: { at: '', what: 'must hold one object: {"api": 1, "id": …}' } };
  const plain = findPlainFault(value);
  if (plain !== undefined) return { fault: plain };
  const id = idOf(value);
  const { fileSchema } = await import('./schema.js');
  // Compiled checks pay for themselves only after many files.
  const result = fileSchema.safeParse(value, { reportInput: true, jitless: true });
  if (!result.success) {
    const { describeIssue } = await import('./describe-issue.js');
    const [issue] = result.error.issues;
    return { fault: describeIssue(issue as (typeof result.error.issues)[number]), ...id };
  }
  const { findWholeFault } = await import('./check-whole.js');
  const fault = findWholeFault(result.data);
  return fault === undefined ? { file: result.data } : { fault, ...id };
}

type Read = { readonly value: unknown } | Fault;

/** The parser's own message quotes the text around the fault, and that may be a key: only the place is told. */
function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) };
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const where = position === undefined ? '' : ` at ${lineAndColumn(text, Number(position))}`;
    return { at: '', what: `is not valid JSON${where}` };
  }
}

/** Plain data only: no references (they can unfold to gigabytes), no tags, no merging, no key twice. */
async function readYaml(text: string): Promise<Read> {
  const { parseDocument, visit } = await import('yaml');
  const document = parseDocument(text, { merge: false, schema: 'core', uniqueKeys: true, logLevel: 'error' });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) return { at: '', what: `is not plain YAML${placeOf(text, wrong.pos[0])}` };
  let reference: number | undefined;
  visit(document, {
    Alias: (_key, node) => {
      reference = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  if (reference !== undefined)
    return { at: '', what: `has a reference (*)${placeOf(text, reference)}; write out what it stands for` };
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return { at: '', what: 'is not plain YAML' };
  }
}

function placeOf(text: string, position: number): string {
  return ` at ${lineAndColumn(text, position)}`;
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}

/** For naming what is refused; nothing else of it is believed. */
function idOf(value: object): { readonly id?: string } {
  const { id } = value as { readonly id?: unknown };
  return typeof id === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(id) ? { id } : {};
}
