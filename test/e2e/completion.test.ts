import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CHILD_OPTIONS } from '../support/child-options.js';
import { runProgram } from '../support/run-program.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

/** An apostrophe, a space and what a shell would run: a home can be called anything. */
const root = path.join(temporaryFolder(), "o'neill $(touch ran)");
const home = path.join(root, 'home');
const cache = path.join(root, 'cache');
const scripts = path.join(home, '.cache', 'almanac', 'autocomplete');
const env = { HOME: home, ALMANAC_STORE: cache, SHELL: '/bin/bash', XDG_CACHE_HOME: '', NODE_OPTIONS: CHILD_OPTIONS };
const hasZsh = spawnSync('zsh', ['--version']).status === 0;

beforeAll(async () => {
  const planted = ['%24%28touch%20ran%29', '$(touch ran)', '%60touch%20ran%60', 'A;touch ran', 'A%3Btouch%20ran'];
  for (const symbol of ['BTCUSDT', 'BTCUSDT@um', 'ETHUSDT', 'EURUSD=X', '%5EGSPC', 'BTC%2FUSD%3AUSDT', ...planted]) {
    mkdirSync(path.join(cache, symbol, '1h'), { recursive: true });
    writeFileSync(path.join(cache, symbol, '1h', '2024.csv.gz'), '');
  }
  mkdirSync(path.join(cache, 'BTCUSDT', '1d'));
  writeFileSync(path.join(cache, 'BTCUSDT', '1d', '2024.csv.gz'), '');
  mkdirSync(home);
  const { exit, stderr } = await runProgram(['autocomplete'], { cwd: root, env });
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
});

describe('almanac autocomplete', () => {
  it('writes into the user’s cache folder alone, and says what to add where', async () => {
    const { stdout } = await runProgram(['autocomplete', 'zsh'], { cwd: root, env });
    const line = `source '${path.join(scripts, 'almanac.zsh').replaceAll("'", "'\\''")}'`;
    expect(stdout).toContain(`last line of ~/.zshrc, and open a new shell:\n\n  ${line}\n`);
    expect(listTree(home).filter((name) => !name.startsWith('.cache'))).toEqual([]);
    const { shell, providers } = JSON.parse((await runProgram(['autocomplete', '--json'], { cwd: root, env })).stdout);
    expect(shell).toBe('bash');
    expect(providers).toEqual(expect.arrayContaining(['binance', 'deriv', 'kraken']));
  });

  it('says what to type where the shell is another', async () => {
    const { exit, stderr } = await runProgram(['autocomplete'], { cwd: root, env: { ...env, SHELL: '/usr/bin/fish' } });
    expect(exit).toBe(2);
    expect(stderr).toContain('completion is for bash and zsh, and $SHELL is fish');
    expect(stderr).toContain('almanac autocomplete bash');
  });

  it('answers in silence, whatever is wrong', async () => {
    writeFileSync(path.join(root, 'broken.json'), '{"cacheDir');
    const asked = ['cache', 'get', '--config', path.join(root, 'broken.json'), ''];
    const before = listTree(root);
    const wrong = { ...env, ALMANAC_STORE: '', DEBUG: '*' };
    const { stdout, stderr, exit } = await runProgram(['__complete', ...asked], { cwd: root, env: wrong });
    expect({ stdout, stderr, exit }).toEqual({ stdout: 'words\n', stderr: '', exit: 0 });
    const absent = { ...env, ALMANAC_STORE: path.join(root, 'absent') };
    expect(await runProgram(['__complete', 'cache', 'get', ''], { cwd: root, env: absent })).toMatchObject({
      stderr: '',
    });
    expect(listTree(root)).toEqual(before);
  });

  /** What oclif takes from summaries stands between double quotes, with `$(` left as it is. */
  it('has no summary that a shell would run', () => {
    const { commands } = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8'));
    const texts = Object.values<{ summary: string; flags: Record<string, { summary: string }> }>(commands).flatMap(
      ({ summary, flags }) => [summary, ...Object.values(flags).map((flag) => flag.summary)],
    );
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => /\$[({\w]/.test(text))).toEqual([]);
  });
});

/** The pieces bash makes of a line, what of the last one readline would replace, and what is offered for that. */
const LINES: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
  ['a command', ['cache', 'ge'], 'ge', ['get']],
  ['a topic', ['ca'], 'ca', ['cache']],
  ['a command below another', ['plugins', 'ins'], 'ins', ['inspect', 'install']],
  ['a flag', ['cache', 'get', '--fo'], '--fo', ['--force', '--format']],
  ['a flag after arguments', ['cache', 'get', 'BTC/USD', ':', 'X', '1h', '--for'], '--for', ['--force', '--format']],
  ['a flag after what sed would run', ['cache', 'get', 'x/p;e touch ran', '--forc'], '--forc', ['--force']],
  ['symbols', ['cache', 'get', ''], '', ['BTC/USD:USDT', 'BTCUSDT', 'BTCUSDT@um', 'ETHUSDT', 'EURUSD=X', '^GSPC']],
  ['a symbol with @', ['cache', 'get', 'BTCUSDT', '@'], '@', ['@um']],
  ['a symbol with :', ['cache', 'get', 'BTC/USD', ':'], '', ['USDT']],
  ['a symbol with =', ['cache', 'get', 'EURUSD', '='], '', ['X']],
  ['its intervals', ['cache', 'get', 'BTCUSDT', ''], '', ['1h', '1d']],
  ['its intervals, where it has an @', ['cache', 'get', 'BTCUSDT', '@', 'um', ''], '', ['1h']],
  ['a list', ['cache', 'list', '--symbols', 'BTCUSDT,E'], 'BTCUSDT,E', ['BTCUSDT,ETHUSDT', 'BTCUSDT,EURUSD=X']],
  ['a list behind =', ['cache', 'list', '--symbols', '=', 'A,ET'], 'A,ET', ['A,ETHUSDT']],
  ['providers', ['cache', 'populate', '--provider', 'bi'], 'bi', ['binance', 'bitstamp']],
  ['a provider behind =', ['cache', 'populate', '--provider', '=', 'kr'], 'kr', ['kraken']],
  ['nothing yet behind =', ['cache', 'get', '--format', '='], '', ['csv', 'json', 'ndjson']],
  ['timeframes', ['cache', 'populate', '--intervals', '1h,1d,3'], '1h,1d,3', ['1h,1d,3m', '1h,1d,30m', '1h,1d,3d']],
  ['a date', ['cache', 'populate', '--start-date', ''], '', []],
];

it('offers them in bash, and runs nothing', async () => {
  const asks = LINES.map(([, pieces, replaced]) => `ask ${[replaced, ...pieces].map(quote).join(' ')}`);
  const { stdout, stderr } = await runShell('bash', [
    `source ${quote(path.join(scripts, 'almanac.bash'))}`,
    'ask() { local r=$1; shift; COMP_WORDS=(almanac "$@"); COMP_CWORD=$#; _almanac almanac "$r" x;',
    `  printf '%s|' "\${COMPREPLY[@]}"; echo; }`,
    ...asks,
  ]);
  const offered = stdout.trimEnd().split('\n');
  expect(stderr).toBe('');
  // readline sorts what it is offered, and shows each once.
  const sort = (words: readonly string[]): string[] => [...new Set(words)].filter(Boolean).sort();
  expect(LINES.map(([what], i) => [what, sort(offered[i]?.split('|') ?? [])])).toEqual(
    LINES.map(([what, , , words]) => [what, sort(words)]),
  );
  expect(listTree(root)).not.toContain('ran');
});

/** What is typed, and what the line is after the tabulator. */
const TYPED: readonly (readonly [string, string])[] = [
  ['almanac cache ge', 'almanac cache get '],
  ['almanac cache get ETH', 'almanac cache get ETHUSDT '],
  ['almanac cache get EUR', 'almanac cache get EURUSD=X '],
  ['almanac cache get ^', 'almanac cache get \\^GSPC '],
  ['almanac cache get BTC/USD:', 'almanac cache get BTC/USD:USDT '],
  ['almanac cache get ETHUSDT ', 'almanac cache get ETHUSDT 1h '],
  ['almanac cache get ETHUSDT 1h --form', 'almanac cache get ETHUSDT 1h --format '],
  ['almanac cache list --symbols=BTCUSDT,ET', 'almanac cache list --symbols=BTCUSDT,ETHUSDT '],
  ['almanac providers info kra', 'almanac providers info kraken '],
  ['almanac cache get \\$', 'almanac cache get \\$'],
  ['almanac cache get A', 'almanac cache get A'],
];

(hasZsh ? it : it.skip)('offers them in zsh, typed at a terminal (skipped where there is no zsh)', async () => {
  const { stdout } = await runShell('zsh', [
    'zmodload zsh/zpty',
    'zpty shell zsh -f -i',
    `zpty -w shell 'report() { print -r -- "<<$BUFFER>""$status>"; BUFFER=; }; zle -N report; bindkey "^G" report'`,
    `zpty -w shell ${quote(`source ${quote(path.join(scripts, 'almanac.zsh'))}; setopt no_beep; print rea''dy`)}`,
    "zpty -r shell answer '*ready*'",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is zsh's
    'ask() { zpty -w -n shell "$1"$\'\\t\\a\'; zpty -r shell answer \'*<<*>0>*\'; answer=${answer##*<<}; print -r -- "${answer%%>0>*}"; }',
    ...TYPED.map(([line]) => `ask ${quote(line)}`),
    'zpty -d shell',
  ]);
  expect(stdout.split('\n').filter(Boolean)).toEqual(TYPED.map(([, line]) => line));
  expect(listTree(root)).not.toContain('ran');
});

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

async function runShell(shell: string, lines: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const script = path.join(root, `lines.${shell}`);
  writeFileSync(script, `${lines.join('\n')}\n`);
  const child = spawn(shell, [shell === 'zsh' ? '-f' : '--norc', script], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  await new Promise((resolve) => child.on('close', resolve));
  return text;
}
