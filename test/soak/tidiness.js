import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const { tryLock } = createRequire(import.meta.url)('fs-native-extensions');

/** What is in quarantine stays as it came, and whoever was killed at the door left a note half written: nothing goes. */
const QUARANTINE = path.join('_almanac', 'quarantine') + path.sep;

/** What a cache should not hold when nobody works on it: temporary files, and locks that somebody has. */
export function findLeftovers(cache) {
  const names = readdirSync(cache, { recursive: true });
  const temporary = names.filter((name) => name.endsWith('.tmp') && !name.startsWith(QUARANTINE));
  const locked = names.filter((name) => path.basename(name) === '.lock' && isHeld(path.join(cache, name)));
  return [...temporary.map((name) => `${name} was left`), ...locked.map((name) => `${name} is held`)];
}

function isHeld(file) {
  if (!existsSync(file)) return false;
  const fd = openSync(file, 'r+');
  try {
    return !tryLock(fd);
  } finally {
    closeSync(fd);
  }
}
