import path from 'node:path';
import { BaseCommand } from '../../cli/base-command.js';
import { writeFileWhole } from '../../cli/write-file.js';
import { AlmanacError } from '../../market/almanac-error.js';

export default class ConfigInit extends BaseCommand {
  static override summary = 'Write a commented settings file into this folder.';
  static override description = 'The file is .almanacrc.yaml. A folder that has settings already is left as it is.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<unknown> {
    await this.parse(ConfigInit);
    const { STARTER_NAME, STARTER_TEXT } = await import('../../settings/starter-file.js');
    const { findHere } = await import('../../settings/find-file.js');
    const existing = await findHere(process.cwd());
    if (existing !== undefined) {
      throw new AlmanacError(
        'FILE_EXISTS',
        `${existing} holds settings for this folder already, and was left as it is`,
        {
          suggestions: ['almanac config show'],
        },
      );
    }
    const file = path.resolve(STARTER_NAME);
    await writeFileWhole(file, one(STARTER_TEXT), false);
    this.printLines([`Wrote ${file}`, '  Next: almanac config show']);
    return { schemaVersion: 1, file };
  }
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}
