import type { AnyProvider } from '../../provider/index.js';
import type { PluginFacts } from '../registry/plugin-facts.js';
import type { Fault } from './check-plain.js';
import { LARGEST_FILE, parseDeclaration } from './parse-declaration.js';
import type { Declaration } from './schema.js';

/** A file that may declare a provider, and where it is from. */
export interface DeclaringFile {
  readonly path: string;
  readonly plugin: PluginFacts;
  /** It comes with Almanac, as an example of how one is written: asked only by who names it. */
  readonly shipped: boolean;
  readonly read: () => Promise<{ readonly text: string } | { readonly fault: Fault }>;
}

export interface LoadedFile extends Pick<DeclaringFile, 'plugin' | 'shipped'> {
  readonly id?: string;
  readonly provider?: AnyProvider;
  /** One sentence: where in the file, what is wrong, what to write. */
  readonly reason?: string;
}

/** Each file as a provider, or as the reason why it is none: nothing here throws. */
export async function loadDeclared(files: readonly DeclaringFile[]): Promise<LoadedFile[]> {
  return Promise.all(files.map(loadFile));
}

async function loadFile({ path, plugin, shipped, read }: DeclaringFile): Promise<LoadedFile> {
  const refuse = (fault: Fault, id?: string): LoadedFile => ({
    plugin,
    shipped,
    ...(id === undefined ? {} : { id }),
    reason: describe(fault, path),
  });
  try {
    const got = await read();
    if ('fault' in got) return refuse(got.fault);
    // What ships was checked by our own tests: a start without files of one's own pays for no schema.
    const parsed = shipped
      ? { file: JSON.parse(got.text) as Declaration }
      : await parseDeclaration(got.text, /\.ya?ml$/.test(path) ? 'yaml' : 'json');
    if ('fault' in parsed) return refuse(parsed.fault, parsed.id);
    const { compileProvider } = await import('./compile-provider.js');
    return { plugin, shipped, id: parsed.file.id, provider: compileProvider(parsed.file) };
  } catch (error) {
    return refuse({ at: '', what: `cannot be read: ${(error as Error).message.split('\n', 1)[0]}` });
  }
}

function describe({ at, what }: Fault, path: string): string {
  return at === '' ? `${path} ${what}` : `${path}: ${at} ${what}`;
}

export const TOO_LARGE: Fault = {
  at: '',
  what: `is larger than ${LARGEST_FILE / 1024} KiB, which no declaration needs`,
};
