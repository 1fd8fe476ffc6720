/**
 * Everything the store asks of a disk. One small door, so that a test can fail, shorten or kill the Nth operation
 * and so that what the store does to a user's files can be read from its log.
 */
export interface FilePort {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** A whole small file, a sidecar's size; undefined where there is none. */
  readWhole(path: string): Promise<Uint8Array | undefined>;
  /** Undefined where there is nothing. Links are not followed: a planted link must not lead a write elsewhere. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Undefined where the folder is absent. */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  makeFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for the same bytes; a copy where the file system has no hard links. */
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes the folder's own entries durable. */
  syncFolder(folder: string): Promise<void>;
}

/** `read`; `create` fails where the file exists; `lock` opens or creates without ever truncating. */
export type OpenMode = 'read' | 'create' | 'lock';

export interface OpenFile {
  read(into: Uint8Array, position: number): Promise<number>;
  /** May write less than it was given, as the kernel may: the caller loops. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  size(): Promise<number>;
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Takes the operating system's lock, or says that another holder has it. It is freed when the file is closed. */
  tryLock(): Promise<boolean>;
  close(): Promise<void>;
}

export interface FileStat {
  readonly kind: EntryKind;
  readonly bytes: number;
  /** When it was last written, ms UTC. */
  readonly modified: number;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

export type EntryKind = 'file' | 'folder' | 'other';
