import path from 'node:path';
import type { Loader } from 'cosmiconfig';
import { AlmanacError, hasCode } from '../market/almanac-error.js';
import { findJsonFault } from './find-json-fault.js';

export interface FoundFile {
  readonly file: string;
  readonly content: unknown;
}

const STEMS = ['almanac.config', '.almanacrc'] as const;
const DATA = ['.json', '.yaml', '.yml'] as const;
const CODE = ['.js', '.cjs', '.mjs', '.ts'] as const;
/** In one folder, the first of these that is there and says something. */
const PLACES = [
  'almanac.config.json',
  'almanac.config.yaml',
  'almanac.config.yml',
  '.almanacrc',
  ...DATA.map((extension) => `.almanacrc${extension}`),
  'package.json',
  ...STEMS.flatMap((stem) => CODE.map((extension) => stem + extension)),
];

/** The file named, or the nearest one from `cwd` upward, or else the one in the user's own folder. */
export async function findFile(options: {
  readonly cwd: string;
  readonly configDir: string | undefined;
  readonly file: string | undefined;
}): Promise<FoundFile | undefined> {
  const { cosmiconfig } = await import('cosmiconfig');
  const loaders = { noExt: readYaml, '.yaml': readYaml, '.yml': readYaml, '.json': readJson };
  const refusing = Object.fromEntries(CODE.map((extension) => [extension, refuseCode]));
  const create = () =>
    cosmiconfig('almanac', { searchPlaces: PLACES, searchStrategy: 'none', loaders: { ...loaders, ...refusing } });
  const explorer = await openExplorer(create, options.cwd);
  if (options.file !== undefined) return readNamed(explorer.load, path.resolve(options.cwd, options.file));
  for (const folder of [...upward(options.cwd), ...(options.configDir === undefined ? [] : [options.configDir])]) {
    await assertReadable(folder);
    const found = await explorer.search(folder);
    if (found !== null) return { file: found.filepath, content: found.config };
  }
  return undefined;
}

/** cosmiconfig looks for settings of its own in the working folder's package.json, and fails where that is broken. */
async function openExplorer<T>(create: () => T, cwd: string): Promise<T> {
  try {
    return create();
  } catch (cause) {
    const { readFile } = await import('node:fs/promises');
    const file = path.join(cwd, 'package.json');
    const content = await readFile(file, 'utf8').catch(() => undefined);
    if (content === undefined) throw cause;
    const place = lineAndColumn(content, findJsonFault(content));
    throw new AlmanacError('CONFIG_INVALID', `${file} is not valid JSON at ${place}`, {
      suggestions: ['mend it there, or go to another folder'],
      cause,
    });
  }
}

/** One that is there and may not be read is passed over by cosmiconfig, and another cache would be taken for ours. */
async function assertReadable(folder: string): Promise<void> {
  const { access, constants } = await import('node:fs/promises');
  for (const place of PLACES.filter((name) => name !== 'package.json')) {
    const file = path.join(folder, place);
    const trouble = await access(file, constants.R_OK).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!hasCode(trouble, 'EACCES') && !hasCode(trouble, 'EPERM')) continue;
    // Of a folder that may not be looked into, nobody knows whether there is a file.
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there)
      throw new AlmanacError('CONFIG_INVALID', `the settings file ${file} may not be read by this user`, {
        suggestions: [`ls -l ${file}`, '--config FILE with another settings file'],
      });
  }
}

/** A settings file in exactly this folder, even one that says nothing yet. */
export async function findHere(folder: string): Promise<string | undefined> {
  const { access } = await import('node:fs/promises');
  for (const place of PLACES.filter((name) => name !== 'package.json')) {
    const file = path.join(folder, place);
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) return file;
  }
  return undefined;
}

function* upward(from: string): Generator<string> {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    yield folder;
    if (folder === path.dirname(folder)) return;
  }
}

type Load = (file: string) => Promise<{ readonly config: unknown; readonly filepath: string } | null>;

async function readNamed(load: Load, file: string): Promise<FoundFile> {
  try {
    const found = await load(file);
    return { file, content: found?.config };
  } catch (error) {
    if (hasCode(error, 'CONFIG_INVALID')) throw error;
    const reason = hasCode(error, 'ENOENT') ? 'is not there' : 'cannot be read';
    throw new AlmanacError('CONFIG_INVALID', `the settings file ${file} ${reason}`, { cause: error });
  }
}

/** The parser's own message quotes the text around the fault, and that may be a key: only the place is told. */
const readJson: Loader = (file, content) => {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ''));
  } catch {
    // A package.json that is somebody else's trouble must not stop us.
    if (path.basename(file) === 'package.json') return {};
    throw unparsable(file, 'JSON', lineAndColumn(content, findJsonFault(content)));
  }
};

const readYaml: Loader = async (file, content) => {
  const { defaultLoaders } = await import('cosmiconfig');
  try {
    return await defaultLoaders['.yaml'](file, content);
  } catch (error) {
    const mark = (error as { mark?: { line: number; column: number } }).mark;
    const where = mark === undefined ? undefined : `line ${mark.line + 1}, column ${mark.column + 1}`;
    throw unparsable(file, 'YAML', where);
  }
};

const refuseCode: Loader = (file) => {
  throw new AlmanacError('CONFIG_INVALID', `${file} is a program, and settings are data: write JSON or YAML instead`);
};

function unparsable(file: string, language: string, where: string | undefined): AlmanacError {
  const message = `${file} is not valid ${language}${where === undefined ? '' : ` at ${where}`}`;
  return new AlmanacError('CONFIG_INVALID', message, {
    suggestions: ['mend it there, or move the file away and type almanac config init'],
  });
}

function lineAndColumn(content: string, position: number): string {
  const before = content.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}
