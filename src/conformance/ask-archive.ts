import type {
  Archive,
  ArchiveFile,
  ArchivePeriod,
  ArchiveReading,
  ArchiveReadOptions,
  BarRequest,
} from '../provider/index.js';
import type { Lab } from './lab.js';
import { readBatch, type SeenRow } from './run.js';
import { showError } from './show.js';
import { NotTried } from './verdict.js';
import type { Tamper } from './watched-transport.js';

type Summary =
  | Omit<ArchiveReading & { readonly state: 'read' }, 'batches'>
  | Exclude<ArchiveReading, { state: 'read' }>;

/** One reading of a file, to its end, and everything that came of it. */
export interface ArchiveRun {
  /** What read() answered; undefined where it threw. */
  readonly reading: Summary | undefined;
  readonly rows: readonly SeenRow[];
  /** By read(), or later by its batches. */
  readonly thrown: unknown;
}

/** The file of the sample's period, with what came of reading it undisturbed: kept for every rule about archives. */
export interface ArchiveSample {
  readonly file: ArchiveFile;
  readonly run: ArchiveRun;
}

const samples = new WeakMap<Lab, Promise<ArchiveSample>>();

export function findArchiveSample(lab: Lab): Promise<ArchiveSample> {
  const sample = samples.get(lab) ?? lookForSample(lab);
  samples.set(lab, sample);
  return sample;
}

async function lookForSample(lab: Lab): Promise<ArchiveSample> {
  const archive = archiveOf(lab);
  const { known, market, offer } = await lab.subject();
  const offering = [offer, ...market.timeframes].find((each) => (each.archive?.length ?? 0) > 0);
  if (offering === undefined) throw new NotTried(`its capabilities name no bulk files for ${known.instrument.symbol}`);
  const request: BarRequest = { ...known, timeframe: offering.timeframe };
  const absent: string[] = [];
  for (const period of offering.archive as readonly ArchivePeriod[]) {
    const options = await lab.inHost({}, async ({ context }) => context.options);
    const [file] = archive.files(request, period, options);
    if (file === undefined) continue;
    const run = await readFile(lab, file, 'require');
    if (run.reading?.state !== 'absent') return { file, run };
    absent.push(file.name);
  }
  throw new NotTried(`there is no bulk file of its sample${absent.length > 0 ? ` (${absent.join(', ')})` : ''}`);
}

/** Reads one file in a host of its own; `tamper` is met by the file alone, never by its checksum. */
export function readFile(
  lab: Lab,
  file: ArchiveFile,
  checksum: ArchiveReadOptions['checksum'],
  tamper?: Tamper,
): Promise<ArchiveRun> {
  const archive = archiveOf(lab);
  const isFile = (url: URL): boolean => url.href === new URL(file.url).href;
  const trial = tamper && {
    tamper: ((index, send, request) => (isFile(request.url) ? tamper(index, send, request) : send())) as Tamper,
  };
  return lab.inHost(trial ?? {}, async ({ context }) => {
    const rows: SeenRow[] = [];
    let reading: Summary | undefined;
    try {
      const answer = await archive.read(file, context, { checksum });
      if (answer.state !== 'read') return { reading: answer, rows, thrown: undefined };
      const { batches, ...summary } = answer;
      reading = summary;
      for await (const batch of batches) for (const row of readBatch(batch)) rows.push(row);
      return { reading, rows, thrown: undefined };
    } catch (thrown) {
      return { reading, rows, thrown };
    }
  });
}

export function showReading({ reading, rows, thrown }: ArchiveRun): string {
  if (thrown !== undefined) return showError(thrown);
  if (reading?.state !== 'read') return `called it ${reading?.state ?? 'nothing'}`;
  return `gave ${rows.length} rows, checksum ${reading.checksum}`;
}

export function showFile({ period, name, url }: ArchiveFile): string {
  return `file ${name} (${period}) ${url}`;
}

// biome-ignore lint/suspicious/noExplicitAny: each provider's options have their own type
function archiveOf({ provider }: Lab): Archive<any> {
  if (provider.archive === undefined) throw new NotTried('it has no bulk files');
  return provider.archive;
}
