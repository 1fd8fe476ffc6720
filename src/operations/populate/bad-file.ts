import type { ArchiveFile } from '../../provider/index.js';

/** A file whose bytes are not those its provider vouches for. */
export interface BadFile {
  readonly file: ArchiveFile;
  readonly expected: string;
  readonly actual: string;
  readonly etag?: string;
  /** `went-on`: nothing of it was taken. `proceeded`: stored because the person said so. */
  readonly action: 'went-on' | 'proceeded';
}
