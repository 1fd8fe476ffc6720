import type { Bars } from '../../market/bars.js';
import type { Range } from '../../market/range.js';
import type { ArchiveFile, ArchiveReading, Batch, Checksum } from '../../provider/index.js';
import type { PutProvenance } from '../../store/face.js';
import type { BadFile } from './bad-file.js';
import { spellChecksum } from './doubted-checksum.js';
import { type Metered, readArchiveFile, whyUnusable } from './read-archive-file.js';

/** How the bars of a piece of work came. */
export type Via = Pick<PutProvenance, 'via' | 'checksum' | 'etag'>;

/** What a file's bars go through, and where what is wrong with it is told. */
export interface FileTools {
  readonly metered: Metered;
  readonly checksum: 'require' | 'proceed' | 'skip';
  readonly onBadFile: (file: BadFile) => Promise<void>;
  readonly admit: (range: Range, batches: AsyncIterable<Batch>) => AsyncIterable<Bars>;
  readonly deliver: (bars: Bars, via: Via) => Promise<void>;
  /** The rows that were refused are those of a file that was not taken. */
  readonly forgetRefused: () => void;
  readonly warn: (text: string) => void;
  /** So many rows wait for the file's end. */
  readonly mostHeld: number;
}

type FileRead = Extract<ArchiveReading, { state: 'read' }>;

const WHAT_CAME_OF: Readonly<Record<BadFile['action'], string>> = {
  'went-on': 'does not match its checksum; nothing of it was taken (almanac cache checksums list)',
  proceeded: 'does not match its checksum; stored all the same (almanac cache checksums list)',
  unvouched: 'has no checksum; its bars were checked one by one only',
};

/** Fetches a bulk file, proves it and takes its bars. False where there is no such file. */
export async function takeFile(file: ArchiveFile, tools: FileTools): Promise<boolean> {
  const reading = await readArchiveFile(file, tools.metered, tools.checksum);
  if (reading.state === 'absent') return false;
  if (reading.state === 'unusable')
    tools.warn(`${nameOf(file)} cannot be used, and nothing of it was taken: ${reading.reason}`);
  else if (reading.state === 'mismatch') await note(file, reading, 'went-on', tools);
  else await takeBars(file, reading, tools);
  return true;
}

/** All of a file or nothing: its damage may show at its end alone. */
async function takeBars(file: ArchiveFile, reading: FileRead, tools: FileTools): Promise<void> {
  const range = { start: file.start, end: file.end };
  const via: Via = {
    via: file.period === 'month' ? 'archive-month' : 'archive-day',
    // Of a file nobody held against anything there is nothing to say.
    ...(reading.checksum === 'skipped' ? {} : { checksum: spellChecksum(reading) }),
    ...(reading.etag === undefined ? {} : { etag: reading.etag }),
  };
  const held: Bars[] = [];
  let rows = 0;
  let released = false;
  const release = async (): Promise<void> => {
    // Written down first: bars that nothing stands for must not be stored and forgotten.
    if (!released && reading.checksum === 'mismatch') await note(file, reading, 'proceeded', tools);
    if (!released && reading.checksum === 'missing') await note(file, reading, 'unvouched', tools);
    released = true;
    for (const bars of held.splice(0)) await tools.deliver(bars, via);
  };
  const { traffic } = tools.metered;
  const before = traffic.bytes;
  try {
    // A month may bring true bars beyond what was asked: they are kept.
    for await (const bars of tools.admit(range, reading.batches)) {
      held.push(bars);
      rows += bars.time.length;
      if (rows > tools.mostHeld) await release();
    }
  } catch (error) {
    const reason = whyUnusable(error, traffic.bytes > before);
    if (reason === undefined) throw error;
    if (!released && reading.checksum === 'mismatch') await note(file, reading, 'went-on', tools);
    tools.forgetRefused();
    const taken = released ? 'only its first part was taken' : 'nothing of it was taken';
    tools.warn(`${nameOf(file)} cannot be used, and ${taken}: ${reason}`);
    return;
  }
  await release();
}

/** Into the registry and the report; a registry that cannot be written stops no download. */
async function note(
  file: ArchiveFile,
  reading: Checksum,
  action: BadFile['action'],
  { metered, onBadFile, warn }: FileTools,
): Promise<void> {
  const etag = 'etag' in reading && typeof reading.etag === 'string' ? reading.etag : file.etag;
  const { expected = '', actual } = reading;
  const provider = metered.host.provider.id;
  warn(`${nameOf(file)} ${WHAT_CAME_OF[action]}`);
  try {
    await onBadFile({ provider, file, expected, actual, ...(etag === undefined ? {} : { etag }), action });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`${nameOf(file)} could not be written into the registry of checksums: ${reason}`);
  }
}

function nameOf({ url }: ArchiveFile): string {
  return url.split('/').at(-1) ?? url;
}
