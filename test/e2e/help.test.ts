import { expect, it } from '@jest/globals';
import { runProgram } from '../support/run-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const home = temporaryFolder();
const env = { ALMANAC_DATA_DIR: home, ALMANAC_CONFIG_DIR: home };
const almanac = (words: string) => runProgram(words.split(' '), { cwd: home, env });

it('help says where to start, with lines that are commands', async () => {
  const { stdout, exit } = await almanac('--help');
  expect(exit).toBe(0);
  const [, start = ''] = stdout.split('START HERE');
  const lines = start.split('\n').filter((line) => /^ {2}almanac /.test(line));
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const words = line.trim().split(' ').slice(1);
    const end = words.findIndex((word) => word.startsWith('-'));
    const asked = await almanac([...words.slice(0, end < 0 ? undefined : end), '--help'].join(' '));
    expect({ line, exit: asked.exit }).toEqual({ line, exit: 0 });
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(asked.stdout).toContain(flag);
  }
}, 30_000);

it.each([
  ['frob --help', 'there is no command frob', 'almanac --help'],
  ['help frob', 'there is no command frob', 'almanac --help'],
  ['cache lst --help', 'there is no command cache lst; did you mean cache list?', 'almanac cache list --help'],
])('%s is a mistake, in our words', async (words, said, next) => {
  const { stdout, stderr, exit } = await almanac(words);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
  expect(stderr).toBe(`Error: ${said}\n  Try: ${next}\n`);
});

it.each(['cleanup', 'get', 'migrate', 'populate', 'update'])(
  'the line of usage of cache %s has no hole in it',
  async (name) => {
    const { stdout } = await almanac(`cache ${name} --help`);
    const usage = stdout.slice(stdout.indexOf('USAGE'), stdout.indexOf('FLAGS')).replace(/\s+/g, ' ');
    // Two flags that exclude a third one would each have taken it into their own bracket.
    expect(usage).not.toMatch(/ \]|\[ |\| \||\| \]/);
  },
  30_000,
);
