import { formatInstant } from '../../market/instant.js';
import { fitLine } from '../terminal/fit-line.js';
import { formatBytes, formatCount } from '../terminal/format.js';
import { formatElapsed } from '../terminal/format-elapsed.js';
import type { Log } from '../terminal/log.js';
import { createPaint } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';

export interface Step {
  readonly task: {
    readonly ask: {
      readonly symbol: string;
      readonly timeframe: string;
      readonly choice: { readonly provider: string };
    };
    readonly via: string;
    readonly start: number;
    readonly end: number;
  };
  readonly rows: number;
  readonly requests: number;
  readonly bytes: number;
  readonly done: number;
  readonly total: number;
  readonly failed: boolean;
}

export interface Progress {
  step(step: Step): void;
  note(text: string): void;
  end(): void;
}

/** On a terminal that can, one line a provider, redrawn; elsewhere one line for every finished unit. */
export function createProgress(
  stream: NodeJS.WriteStream,
  terminal: Terminal,
  totals: ReadonlyMap<string, number>,
): Progress {
  return terminal.redraws ? drawBars(stream, terminal, totals) : tellLines(stream, terminal);
}

function tellLines(stream: NodeJS.WriteStream, terminal: Terminal): Progress {
  const tell = (line: string): void => void stream.write(`${fitLine(line, terminal)}\n`);
  return {
    step: (step) => tell(`[${step.done}/${step.total}] ${describeStep(step)}`),
    note: tell,
    end: () => undefined,
  };
}

/** For a collector of logs: each finished unit with its numbers, and nothing on stderr that is no line of the log. */
export function logProgress(told: Log): Progress {
  return {
    step(step) {
      const { task, rows, requests, bytes, done, total, failed } = step;
      const { symbol, timeframe, choice } = task.ask;
      told.info(describeStep(step), {
        ...{ symbol, interval: timeframe, provider: choice.provider, via: task.via },
        ...{ from: formatInstant(task.start), to: formatInstant(task.end) },
        ...{ rows, requests, bytes, done, total, failed },
      });
    },
    note: (text) => told.warn(text),
    end: () => undefined,
  };
}

function describeStep({ task, rows, requests, failed }: Step): string {
  const { symbol, timeframe, choice } = task.ask;
  const range = `${formatInstant(task.start)}/${formatInstant(task.end)}`;
  const state = failed
    ? 'failed'
    : `${rows} ${rows === 1 ? 'row' : 'rows'}, ${requests} ${requests === 1 ? 'request' : 'requests'}`;
  return `${symbol} ${timeframe} ${range} ${choice.provider} ${task.via}: ${state}`;
}

const FRAME_MS = 100;
const BEAT_MS = 500;

function drawBars(stream: NodeJS.WriteStream, terminal: Terminal, totals: ReadonlyMap<string, number>): Progress {
  const done = new Map<string, number>();
  const begun = performance.now();
  let rows = 0;
  let bytes = 0;
  let drawn = 0;
  let last = 0;
  const paint = createPaint(terminal.colour);
  const clear = (): void => {
    // The terminal shows `^C` where it is typed, so the cursor may not stand at the beginning of its line.
    if (drawn > 0) stream.write(`\r\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  const draw = (): void => {
    clear();
    const seconds = Math.max(0.001, (performance.now() - begun) / 1000);
    const lines = [...totals].map(([provider, total]) =>
      barOf(provider, done.get(provider) ?? 0, total, seconds, terminal),
    );
    lines.push(
      paint.dim(
        `${formatCount(Math.round(rows / seconds))} bars/s · ${formatBytes(bytes / seconds)}/s · ${formatElapsed(seconds)}`,
      ),
    );
    stream.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
    last = performance.now();
  };
  // Also while nothing ends: the first file of a slow line may take a minute.
  const beat = setInterval(draw, BEAT_MS).unref();
  draw();
  return {
    step(step) {
      const { provider } = step.task.ask.choice;
      done.set(provider, (done.get(provider) ?? 0) + 1);
      rows += step.rows;
      bytes += step.bytes;
      if (performance.now() - last >= FRAME_MS) draw();
    },
    note(text) {
      clear();
      stream.write(`${fitLine(text, terminal)}\n`);
      draw();
    },
    end() {
      clearInterval(beat);
      clear();
    },
  };
}

/** `binance        ███████░░░░░  12/24  about 20 s left` */
function barOf(provider: string, done: number, total: number, seconds: number, { width, unicode }: Terminal): string {
  const share = total === 0 ? 1 : done / total;
  const left = done === 0 || done === total ? '' : `  about ${formatElapsed((seconds / done) * (total - done))} left`;
  const count = `${done}/${total}`;
  const cells = Math.max(8, Math.min(32, width - 16 - count.length - left.length - 6));
  const full = Math.round(share * cells);
  const [on, off] = unicode ? ['█', '░'] : ['#', '.'];
  return `${provider.padEnd(14)}  ${on.repeat(full)}${off.repeat(cells - full)}  ${count}${left}`;
}
