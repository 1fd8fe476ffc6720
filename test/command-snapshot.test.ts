import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';

const FILE = new URL('command-snapshot.json', import.meta.url);

/** In a process of its own: inside jest, oclif loads only the first of several ES modules and says nothing. */
const LISTING = `
  import { Config } from '@oclif/core/config';
  const config = await Config.load({ root: process.cwd() });
  const flagsOf = ({ name, char, aliases = [] }) =>
    [(char === undefined ? '' : '-' + char + ' ') + '--' + name, ...aliases.map((alias) => '--' + alias)];
  const commands = config.commands
    .filter((command) => command.pluginName === config.name)
    .map(({ id, args, flags }) => ({ id, args: Object.keys(args), flags: Object.values(flags).flatMap(flagsOf).sort() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  process.stdout.write(JSON.stringify(commands, null, 2) + '\\n');
`;

/** What people have in their scripts: a command, flag or argument that goes away breaks them. */
it('keeps every command, flag and argument', async () => {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const listed = execFileSync(process.execPath, ['--input-type=module', '-e', LISTING], { encoding: 'utf8', env });
  if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(FILE, listed);
  const commands = JSON.parse(listed);
  expect(commands.length).toBeGreaterThanOrEqual(7);
  expect(commands).toEqual(JSON.parse(await readFile(FILE, 'utf8')));
});
