import { spawnSync } from 'node:child_process';

/**
 * What a program writes to a terminal of this width, byte for byte. The terminal is `script` of util-linux, which
 * Linux has; that of macOS and the BSDs is called otherwise, and Windows has none.
 */
export function record(words, { columns, rows = 50, cwd, env }) {
  const { NO_COLOR, FORCE_COLOR, CI, ...rest } = process.env;
  const line = `stty cols ${columns} rows ${rows}; exec ${words.map(quote).join(' ')}`;
  const { stdout, status, error } = spawnSync('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...rest, TERM: 'xterm-256color', ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined)
    throw new Error(`no terminal to record in: ${error.message} (script of util-linux is needed)`);
  if (status !== 0) throw new Error(`${words.join(' ')} ended with status ${status}:\n${stdout}`);
  return stdout;
}

function quote(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
