/** What oclif's manifest says of a command, as far as a line is read by it. */
export interface CommandFacts {
  readonly id: string;
  readonly aliases: readonly string[];
  /** In the order in which they are typed. */
  readonly args: Readonly<Record<string, { readonly options?: readonly string[] }>>;
  readonly flags: Readonly<Record<string, FlagFacts>>;
}

export interface FlagFacts {
  readonly name: string;
  readonly type: 'boolean' | 'option';
  readonly char?: string;
  readonly aliases?: readonly string[];
  readonly options?: readonly string[];
  readonly delimiter?: string;
}

/** The longest id that the words begin with, and the words after it. */
export function findCommand(
  words: readonly string[],
  commands: readonly CommandFacts[],
): { readonly command: CommandFacts; readonly rest: readonly string[] } | undefined {
  for (let count = Math.min(words.length, 4); count > 0; count--) {
    const id = words.slice(0, count).join(':');
    const command = commands.find((each) => each.id === id || each.aliases.includes(id));
    if (command !== undefined) return { command, rest: words.slice(count) };
  }
  return undefined;
}

/** By `--name`, `--alias` or `-n`. */
export function findFlag({ flags }: CommandFacts, word: string): FlagFacts | undefined {
  return Object.values(flags).find(
    ({ name, char, aliases = [] }) => word === `-${char}` || [name, ...aliases].some((each) => word === `--${each}`),
  );
}
