import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/almanac-nodes', import.meta.url));
const UNREACHABLE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED)\b/;

/**
 * The program of a version or the last of a major one, from the package `node` on npm; what was brought once is kept until `npm ci`. It goes
 * beside the project's packages and not among them: the lock file knows nothing of it. `missing` says why there is none.
 */
export function bringNode(wanted) {
  const folder = join(CACHE, wanted);
  const program = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const words = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${wanted}`];
    const { status, stderr, error } = spawnSync('npm', words, {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) {
      const why = error?.message ?? stderr.trim();
      if (UNREACHABLE.test(why))
        return { missing: `Node ${wanted} was not tried: npm’s registry, which has it, cannot be reached` };
      return { missing: `Node ${wanted} was not tried: npm did not bring it (${errorOf(why)})` };
    }
  }
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  if (status !== 0) return { missing: `Node ${wanted} was not tried: ${program} does not start` };
  return { program, version: stdout.trim() };
}

/** What npm complains of; its warnings, which come before, are about other things. */
function errorOf(text) {
  const lines = text.split('\n');
  return lines.find((line) => /^npm (error|ERR!)/.test(line)) ?? lines[0];
}
