/** A folder of somebody else's files: looked at, never written. Paths are relative to it, with `/` on every machine. */
export interface SourceTree {
  /** Undefined where there is no such folder; `''` is the tree itself. */
  list(folder: string): Promise<readonly SourceEntry[] | undefined>;
  open(path: string): Promise<SourceFile>;
}

export interface SourceEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

export interface SourceFile {
  readonly bytes: number;
  /** When it was last written, ms UTC: among sources, the newest wins a row. */
  readonly modified: number;
  /** Fewer bytes where the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
