import type { BarRequest, Batch, Channel, Context, ErrorDetails, ProviderErrorCode, Row } from 'almanac/provider';
import { deriv } from '../src/index.js';
import { type Options, options } from '../src/options.js';

export class CodedError extends Error {
  constructor(
    readonly code: ProviderErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

export const makeError = (code: ProviderErrorCode, message: string, details?: ErrorDetails): CodedError =>
  new CodedError(code, message, details);

export type Message = Readonly<Record<string, unknown>>;

export interface Scripted {
  readonly context: Context<Options>;
  readonly asked: Message[];
  readonly channels: Channel[];
  /** The most questions that were open at once. */
  most(): number;
}

/** A host whose socket answers by a function; its judge and its schemas are called as the real one calls them. */
export function scripted(
  answer: (message: Message) => unknown | Promise<unknown>,
  given: Partial<Options> & { readonly now?: number; readonly signal?: AbortSignal } = {},
): Scripted {
  const { now = Date.parse('2026-06-01T00:00:00Z'), signal = new AbortController().signal, ...own } = given;
  const asked: Message[] = [];
  const channels: Channel[] = [];
  let open = 0;
  let most = 0;
  const context = {
    options: options.parse(own),
    signal,
    now: () => now,
    debug: () => undefined,
    error: makeError,
    socket: (channel: Channel) => {
      channels.push(channel);
      return {
        ask: async (message: Message, schema: { '~standard': { validate(value: unknown): unknown } }) => {
          asked.push(message);
          most = Math.max(most, ++open);
          await new Promise((resolve) => setImmediate(resolve));
          const reply = await answer(message);
          open -= 1;
          const refusal = channel.judge(reply);
          if (refusal !== undefined) throw refusal;
          const result = (await schema['~standard'].validate(reply)) as { value: unknown; issues?: unknown };
          if (result.issues !== undefined) throw makeError('MALFORMED', JSON.stringify(result.issues));
          return result.value;
        },
      };
    },
  } as unknown as Context<Options>;
  return { context, asked, channels, most: () => most };
}

export function requestFor(symbol: string, timeframe: BarRequest['timeframe'], start: string, end: string): BarRequest {
  const instrument = deriv.instrument(
    { symbol, ticker: symbol, market: undefined, assetClass: 'synthetic' },
    options.parse({}),
  );
  if (instrument === undefined) throw new Error(`not theirs: ${symbol}`);
  return { instrument, timeframe, start: Date.parse(start), end: Date.parse(end) };
}

export async function collect(batches: AsyncIterable<Batch>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...(batch as readonly Row[]));
  return rows;
}

/** Their server, in little: the latest `count` of what there is between two seconds, both inclusive. */
export function latest(seconds: readonly number[], { start, end, count, style }: Message, cap = 5000): Message {
  const inside = seconds
    .filter((at) => at >= (start as number) && at <= Number(end))
    .slice(-Math.min(count as number, cap));
  if (style === 'candles') {
    return { candles: inside.map((epoch) => ({ epoch, open: 2, high: 3, low: 1, close: 2 })), msg_type: 'candles' };
  }
  return { history: { prices: inside.map((at) => at % 1000), times: inside }, msg_type: 'history' };
}
