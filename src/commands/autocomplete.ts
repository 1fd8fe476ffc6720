import path from 'node:path';
import { string } from '@oclif/core/args';
import { BaseCommand } from '../cli/base-command.js';
import { AlmanacError } from '../market/almanac-error.js';

const SHELLS = ['bash', 'zsh'] as const;
type Shell = (typeof SHELLS)[number];

export default class Autocomplete extends BaseCommand {
  static override summary = 'Set up completion: commands, flags, symbols and intervals of the cache, providers.';
  static override description =
    'Writes scripts for both shells into the user’s cache folder and prints the line that makes yours read one. Nothing else is changed. Run it again after an update, and after a plugin came or went.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> zsh'];
  static override args = {
    shell: string({ description: 'Shell; the one in $SHELL without.', options: [...SHELLS] }),
  };

  async run(): Promise<unknown> {
    const { args } = await this.parse(Autocomplete);
    const shell = (args.shell as Shell | undefined) ?? this.#ownShell();
    const { setUpCompletion } = await import('../wiring/completion/set-up-completion.js');
    const { bashScript } = await import('../cli/completion/bash-script.js');
    const { quoteForShell } = await import('../cli/completion/quote-for-shell.js');
    const { zshScript } = await import('../cli/completion/zsh-script.js');
    const { files, providers } = await setUpCompletion(this.config, { bash: bashScript, zsh: zshScript });
    const file = files[shell];
    const line = `source ${quoteForShell(file)}`;
    this.printLines([`Make this the last line of ~/.${shell}rc, and open a new shell:`, '', `  ${line}`]);
    return { schemaVersion: 1, shell, file, line, providers };
  }

  #ownShell(): Shell {
    const name = path.basename(process.env.SHELL ?? '');
    const shell = SHELLS.find((each) => each === name);
    if (shell !== undefined) return shell;
    throw new AlmanacError('USAGE', `completion is for bash and zsh, and $SHELL is ${name || 'not set'}`, {
      suggestions: SHELLS.map((each) => `almanac autocomplete ${each}`),
    });
  }
}
