// What `almanac autocomplete`'s scripts ask at every press of the tabulator: no oclif, no schema, no word of complaint.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { offerWords } from '../dist/cli/completion/offer.js';
import { readLine } from '../dist/cli/completion/read-line.js';
import { findNames } from '../dist/wiring/completion/find-names.js';

/**
 * The line's words up to the cursor, the program's own name left out. Answers `files`, `folders`, or `words` and the
 * words, a line each; nothing where oclif's own completion knows better, and where anything is wrong.
 */
export async function complete(words) {
  const manifest = JSON.parse(readFileSync(new URL('../oclif.manifest.json', import.meta.url), 'utf8'));
  const asked = readLine(words, Object.values(manifest.commands));
  if (asked === undefined) return '';
  const { wanted } = asked;
  if (wanted.kind === 'files' || wanted.kind === 'folders') return `${wanted.kind}\n`;
  const config = asked.config?.replace(/^~(?=\/)/, homedir());
  const sought = { ...asked, config, kind: wanted.kind };
  const place = { cwd: process.cwd(), environment: process.env };
  const names = wanted.kind === 'words' ? wanted.words : await findNames(sought, place).catch(() => []);
  return ['words', ...offerWords(names, asked), ''].join('\n');
}
