import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@oclif/core/config';
import { noteProviders } from './note-providers.js';
import { writeTheirs } from './write-theirs.js';

type Script = (parts: { readonly theirs: string; readonly program: readonly string[] }) => string;

export interface Completion {
  /** What each shell is to read. */
  readonly files: { readonly bash: string; readonly zsh: string };
  readonly providers: readonly string[];
}

/** The program is named by its folder: a shell asks whichever Almanac set this up, also where none is on the PATH. */
export async function setUpCompletion(
  config: Config,
  scripts: { readonly bash: Script; readonly zsh: Script },
): Promise<Completion> {
  const theirs = await writeTheirs(config);
  const program = [process.execPath, path.join(config.root, 'bin', 'run.js'), '__complete'];
  const home = path.join(config.cacheDir, 'autocomplete');
  const files = { bash: path.join(home, 'almanac.bash'), zsh: path.join(home, 'almanac.zsh') };
  await writeFile(files.bash, scripts.bash({ theirs: theirs.bash, program }));
  await writeFile(files.zsh, scripts.zsh({ theirs: theirs.zsh, program }));
  return { files, providers: await noteProviders(config) };
}
