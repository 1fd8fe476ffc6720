import { guardOutput } from '../terminal/guard-output.js';
import { renderError } from '../terminal/render-error.js';
import { describeTerminal } from '../terminal/terminal.js';
import { cleanText } from '../terminal/text.js';
import { describeUnknown, type KnownCommand } from './describe-unknown.js';

interface Asked {
  readonly id: string;
  readonly argv?: readonly string[];
  readonly config: {
    readonly bin: string;
    readonly commands: readonly (KnownCommand & { readonly hidden?: boolean })[];
  };
}

/** oclif's hook: it would ask a question on a terminal, end with 127 elsewhere, and know nothing of --json. */
export default async function commandNotFound({ id, argv = [], config }: Asked): Promise<void> {
  guardOutput(process.stdout, process.stderr);
  const known = config.commands.filter(({ hidden }) => hidden !== true);
  const { code, message, suggestions, exit } = describeUnknown(id, argv, known, config.bin);
  const told = { code, message: cleanText(message), suggestions: suggestions.map(cleanText) };
  process.exitCode = exit;
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, error: told }, null, 2)}\n`);
  else {
    const terminal = describeTerminal(process.stderr, process.env, argv.includes('--no-color'));
    process.stderr.write(renderError(told, terminal));
  }
}
