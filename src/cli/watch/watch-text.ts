import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';
import type { WatchEntry } from './merge-watch.js';

/** The text of a settings file, as far as its watch list is concerned. */
export interface WatchText {
  readonly watch: readonly WatchEntry[];
  /** The whole text with this list in it, and everything else as it was. */
  write(watch: readonly WatchEntry[]): string;
}

type Content = Record<string, unknown>;

/** JSON or YAML, by the file's name; one without an extension is JSON where it parses as that. */
export async function parseWatchText(text: string, file: string): Promise<WatchText> {
  if (/\.ya?ml$/.test(file)) return parseYaml(text, file);
  try {
    return parseJson(text, file);
  } catch (error) {
    if (error instanceof SyntaxError && path.basename(file) === '.almanacrc') return parseYaml(text, file);
    throw error instanceof SyntaxError ? unparsable(file, 'JSON') : error;
  }
}

function parseJson(text: string, file: string): WatchText {
  const content = text.trim() === '' ? {} : asObject(JSON.parse(text), file);
  const inside = path.basename(file) === 'package.json' ? asObject(content.almanac ?? {}, file) : content;
  return {
    watch: (inside.watch ?? []) as readonly WatchEntry[],
    write(watch) {
      inside.watch = watch;
      if (inside !== content) content.almanac = inside;
      return `${JSON.stringify(content, null, 2)}\n`;
    },
  };
}

/** Changed as a document, not as data: comments stay, and entries that do not change keep their form. */
async function parseYaml(text: string, file: string): Promise<WatchText> {
  const { isMap, isSeq, parseDocument, Scalar, YAMLMap, YAMLSeq } = await import('yaml');
  const document = parseDocument(text);
  if (document.errors.length > 0) throw unparsable(file, 'YAML');
  const content = asObject(document.toJS() ?? {}, file);
  const before = (content.watch ?? []) as readonly WatchEntry[];
  const nodeOf = ({ symbols, intervals, since }: WatchEntry): InstanceType<typeof YAMLMap> => {
    const node = new YAMLMap();
    for (const [name, words] of Object.entries({ symbols, intervals })) {
      const list = new YAMLSeq();
      list.flow = true;
      for (const word of words) list.add(document.createNode(word));
      node.set(document.createNode(name), list);
    }
    if (since === undefined) return node;
    // A bare date is an instant to some readers of YAML.
    const quoted = new Scalar(since);
    quoted.type = Scalar.QUOTE_SINGLE;
    node.set(document.createNode('since'), quoted);
    return node;
  };
  return {
    watch: before,
    write(watch) {
      if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
      let list = document.get('watch');
      if (!isSeq(list)) {
        list = new YAMLSeq();
        document.set('watch', list);
      }
      for (const [i, entry] of watch.entries()) {
        if (entry !== before[i]) (list as InstanceType<typeof YAMLSeq>).set(i, nodeOf(entry));
      }
      return document.toString({ lineWidth: 0, flowCollectionPadding: false });
    },
  };
}

// The parser's own words quote the text, and that may be a key.
function unparsable(file: string, language: string): AlmanacError {
  return new AlmanacError('CONFIG_INVALID', `${file} is not valid ${language}`, {
    suggestions: ['almanac config show says where'],
  });
}

function asObject(value: unknown, file: string): Content {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Content;
  throw new AlmanacError('CONFIG_INVALID', `${file} must be an object`);
}
