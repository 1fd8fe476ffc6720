import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { linesRun, readPieces } from './lines-of-code.js';

const root = path.resolve(import.meta.dirname, '../..');

/** What is known so far of each file of `src` that holds code: its lines, and which of them were run. */
export function listFiles() {
  const files = new Map();
  for (const built of readdirSync(path.join(root, 'dist'), { recursive: true })) {
    if (!built.endsWith('.js')) continue;
    const source = path.join('src', built.replace(/\.js$/, '.ts'));
    // tsc leaves in dist/ what was built from a file that has gone since.
    if (!existsSync(path.join(root, source))) continue;
    const pieces = readPieces(path.join(root, 'dist', built));
    files.set(source, { pieces, code: new Set(pieces.map(({ line }) => line)), run: new Set() });
  }
  return files;
}

/** Each file with the lines that nothing executed. */
export function listMissed(files) {
  return [...files]
    .map(([file, { code, run }]) => ({
      file,
      lines: code.size,
      missed: [...code].filter((line) => !run.has(line)).sort((a, b) => a - b),
    }))
    .filter(({ lines }) => lines > 0)
    .sort((a, b) => a.file.localeCompare(b.file));
}

export function addInsideJest(files, report) {
  for (const [file, { statementMap, s }] of Object.entries(JSON.parse(readFileSync(report, 'utf8')))) {
    const known = files.get(path.relative(root, file));
    if (known === undefined) continue;
    for (const [key, { start }] of Object.entries(statementMap)) if (s[key] > 0) known.run.add(start.line);
  }
}

/** Takes what the programs of a folder have left there so far, and takes it away: a whole suite would leave gigabytes. */
export function addPrograms(files, folder) {
  const built = `${path.join(root, 'dist')}${path.sep}`;
  for (const name of readdirSync(folder)) {
    const report = readReport(path.join(folder, name));
    if (report === undefined) continue;
    rmSync(path.join(folder, name));
    for (const { url, functions } of report) {
      if (!url.startsWith('file://') || !fileURLToPath(url).startsWith(built)) continue;
      const source = path.join('src', path.relative(built, fileURLToPath(url)).replace(/\.js$/, '.ts'));
      const known = files.get(source);
      if (known === undefined) continue;
      const open = known.pieces.filter(({ line }) => !known.run.has(line));
      for (const line of linesRun(open, functions)) known.run.add(line);
    }
  }
}

/** A program that still writes, or was killed while it wrote, has left half a report: it counts for nothing. */
function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).result;
  } catch {
    return undefined;
  }
}
