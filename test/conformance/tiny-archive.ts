import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  AnyProvider,
  Archive,
  ArchiveFile,
  ArchiveReading,
  Batch,
  BytesReply,
  Context,
} from '../../src/provider/index.js';
import { tiny } from './tiny-provider.js';
import { HOUR, startTinyServer } from './tiny-server.js';

const DAY = 24 * HOUR;

/** A day's rows as text, and a line at the end without which the file is not whole. */
function fileOf(name: string): string {
  const start = Date.parse(name);
  const rows = Array.from({ length: 24 }, (_, hour) => `${start + hour * HOUR},100,102,99,101,5`);
  return `${rows.join('\n')}\nend\n`;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Daily files on a server of their own, `/2024-01-10.csv` and `/2024-01-10.csv.sha256`, beside the little one. */
export async function startTinyArchive() {
  const api = await startTinyServer();
  const server = createServer((request, response) => {
    const [, name, sum] = /^\/(\d{4}-\d\d-\d\d)\.csv(\.sha256)?$/.exec(request.url ?? '') ?? [];
    response.statusCode = name === undefined ? 404 : 200;
    response.end(name === undefined ? '' : sum === undefined ? fileOf(name) : hashOf(fileOf(name)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    options: { url: api.url, filesUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    close: async () => {
      server.closeAllConnections();
      await Promise.all([api.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}

/** What a reader of files may get wrong; all of it right where nothing is said. */
export interface Mistakes {
  readonly believesAll?: boolean;
  readonly absentOnError?: boolean;
  readonly cutIsWhole?: boolean;
  readonly bareError?: boolean;
  readonly seconds?: boolean;
}

/** The tiny provider with daily files, read with these mistakes. */
export function withArchive(mistakes: Mistakes = {}): AnyProvider {
  type Options = { readonly filesUrl: string };
  const archive: Archive<Options> = {
    files: ({ instrument, timeframe, start, end }, period, { filesUrl }) => {
      const names: ArchiveFile[] = [];
      for (let at = start; at < end; at += DAY) {
        const name = new Date(at).toISOString().slice(0, 10);
        names.push({ instrument, timeframe, period, name, start: at, end: at + DAY, url: `${filesUrl}/${name}.csv` });
      }
      return names;
    },
    read: (file, context, { checksum }) => readFile(file, context, checksum, mistakes),
  };
  const options: AnyProvider['options'] = {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: (given) => ({
        value: { url: 'https://tiny.example', filesUrl: 'https://files.tiny.example', ...(given as object) },
      }),
    },
  };
  const capabilities: AnyProvider['capabilities'] = (given) => {
    const { markets, ...rest } = tiny.capabilities(given);
    const withFiles = markets.map((market) => ({
      ...market,
      timeframes: market.timeframes.map((each) => ({ ...each, archive: ['day' as const] })),
    }));
    return { ...rest, markets: withFiles, hosts: [given.url, given.filesUrl] };
  };
  return { ...tiny, options, capabilities, archive };
}

async function readFile(
  file: ArchiveFile,
  context: Context<{ readonly filesUrl: string }>,
  demand: string,
  mistakes: Mistakes,
): Promise<ArchiveReading> {
  let reply: BytesReply;
  try {
    reply = await context.http.bytes({ url: file.url, answers: [404] });
  } catch (error) {
    if (mistakes.absentOnError === true) return { state: 'absent' };
    throw error;
  }
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of reply.body) pieces.push(piece);
  } catch (error) {
    if (mistakes.cutIsWhole !== true) throw error;
  }
  if (reply.status === 404) return { state: 'absent' };
  const text = Buffer.concat(pieces).toString();
  const actual = hashOf(text);
  if (demand === 'require' && mistakes.believesAll !== true) {
    const { text: expected } = await context.http.text({ url: `${file.url}.sha256` });
    if (expected !== actual) return { state: 'mismatch', checksum: 'mismatch', expected, actual };
  }
  const lines = text.split('\n').filter((line) => line.includes(','));
  const whole = text.endsWith('end\n') || mistakes.cutIsWhole === true;
  async function* batches(): AsyncIterable<Batch> {
    if (!whole && mistakes.bareError === true) throw new TypeError('cannot read properties of undefined');
    if (!whole) throw context.error('MALFORMED', `${file.name} has no end`);
    yield lines.map((line) => {
      const [time, open, high, low, close, volume] = line.split(',');
      return { time: Number(time) / (mistakes.seconds === true ? 1000 : 1), open, high, low, close, volume };
    });
  }
  return {
    state: 'read',
    bytes: text.length,
    checksum: demand === 'skip' ? 'skipped' : 'verified',
    actual,
    batches: batches(),
  };
}
