import type { ArchiveFile } from '../../provider/index.js';

/** A file whose bytes are not those its provider vouches for, or for which it vouches not at all. */
export interface BadFile {
  readonly provider: string;
  readonly file: ArchiveFile;
  /** Empty where there is none, or none that can be read. */
  readonly expected: string;
  readonly actual: string;
  readonly etag?: string;
  /** `went-on`: nothing of it was taken. `proceeded`: stored because the person said so. `unvouched`: it has no checksum. */
  readonly action: 'went-on' | 'proceeded' | 'unvouched';
}
