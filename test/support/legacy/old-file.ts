import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A file of an old cache, before it lies anywhere. */
export interface OldFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** When it was last written. */
  readonly modified?: number | undefined;
}

/** Puts old files below a folder. */
export function writeOldFiles(folder: string, files: readonly OldFile[]): void {
  for (const file of files) {
    const target = path.join(folder, ...file.path.split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.bytes);
    if (file.modified !== undefined) utimesSync(target, file.modified / 1000, file.modified / 1000);
  }
}

export function textFile(at: string, text: string, modified?: number): OldFile {
  return { path: at, bytes: Buffer.from(text), modified };
}

/** As Python's `json.dump(indent=2)`. */
export function jsonFile(at: string, document: unknown, modified?: number): OldFile {
  return textFile(at, JSON.stringify(document, null, 2), modified);
}
