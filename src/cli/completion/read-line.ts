import { type CommandFacts, type FlagFacts, findCommand, findFlag } from './command-facts.js';
import { joinPieces } from './join-pieces.js';
import { NOTHING, type Wanted, wantedByArgument, wantedByFlag } from './wanted.js';

/** What would go where the cursor stands. */
export interface Asked {
  readonly wanted: Wanted;
  /** The beginning of it that is there already. */
  readonly typed: string;
  /** What stands before that in the same word and stays: `--symbols=`, `BTCUSDT,`. */
  readonly kept: string;
  /** Other names of the same list: no need to offer them again. */
  readonly named: readonly string[];
  readonly symbol?: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly config?: string | undefined;
}

const INLINE = /^(--[a-z-]+)=(.*)$/s;

/**
 * Reads a line up to the cursor as oclif will read the whole of it. Undefined where a command or the name of a flag is
 * being typed: oclif's own completion knows those.
 */
export function readLine(pieces: readonly string[], commands: readonly CommandFacts[]): Asked | undefined {
  const words = joinPieces(pieces);
  const current = (words.pop() ?? '').replace(/^["']/, '');
  const found = findCommand(words, commands);
  if (found === undefined) return undefined;
  const { command } = found;
  const { args, values, open, ended } = readWords(found.rest, command);
  const names = Object.keys(command.args);
  const about = {
    symbol: names.includes('symbol') ? args[names.indexOf('symbol')] : undefined,
    cacheDir: values.get('cache-dir'),
    config: values.get('config'),
  };
  if (open !== undefined) return { ...about, ...askFlag(open, current, '') };
  const [, flag, typed = ''] = (!ended && INLINE.exec(current)) || [];
  if (flag !== undefined) return { ...about, ...askFlag(findFlag(command, flag), typed, `${flag}=`) };
  if (current.startsWith('-') && !ended) return undefined;
  const name = names[args.length];
  // `almanac plugins inst`: a command that has others below it.
  if (name === undefined && commands.some(({ id }) => id.startsWith(`${command.id}:`))) return undefined;
  return { ...about, wanted: wantedBy(command, name), typed: current, kept: '', named: [] };
}

interface Words {
  readonly args: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  /** The flag whose value comes next. */
  readonly open: FlagFacts | undefined;
  /** After `--` everything is an argument. */
  readonly ended: boolean;
}

function readWords(words: readonly string[], command: CommandFacts): Words {
  const args: string[] = [];
  const values = new Map<string, string>();
  let open: FlagFacts | undefined;
  let ended = false;
  for (const word of words) {
    const inline = INLINE.exec(word);
    if (open !== undefined) {
      values.set(open.name, word);
      open = undefined;
    } else if (ended || !word.startsWith('-')) args.push(word);
    else if (word === '--') ended = true;
    else if (inline) values.set((inline[1] as string).slice(2), inline[2] as string);
    else {
      const flag = findFlag(command, word);
      if (flag?.type === 'option') open = flag;
    }
  }
  return { args, values, open, ended };
}

function askFlag(flag: FlagFacts | undefined, current: string, before: string): Omit<Asked, 'symbol'> {
  if (flag?.type !== 'option') return { wanted: NOTHING, typed: current, kept: before, named: [] };
  const wanted: Wanted = flag.options ? { kind: 'words', words: flag.options } : wantedByFlag(flag.name);
  const cut = flag.delimiter === undefined ? 0 : current.lastIndexOf(flag.delimiter) + 1;
  const kept = current.slice(0, cut);
  return { wanted, typed: current.slice(cut), kept: `${before}${kept}`, named: kept.split(',').filter(Boolean) };
}

function wantedBy({ id, args }: CommandFacts, name: string | undefined): Wanted {
  if (name === undefined) return NOTHING;
  const options = args[name]?.options;
  return options ? { kind: 'words', words: options } : wantedByArgument(id, name);
}
