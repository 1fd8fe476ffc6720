import { fitLine } from './fit-line.js';
import { createPaint } from './paint.js';
import type { Terminal } from './terminal.js';
import { wrapText } from './text.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

/** What happened, on stderr: sentences for a person, or one JSON object a line for a collector. */
export interface Log {
  readonly runId: string;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogOptions {
  readonly runId: string;
  readonly format: 'human' | 'json';
  /** Nothing below this is told. */
  readonly least: LogLevel;
  readonly write: (text: string) => void;
  /** Where a person reads it: sentences are broken to its width. */
  readonly terminal?: Terminal | undefined;
  readonly now?: () => Date;
}

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export function createLog({ runId, format, least, write, terminal, now = () => new Date() }: LogOptions): Log {
  const tell =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (ORDER.indexOf(level) < ORDER.indexOf(least)) return;
      if (format === 'json')
        write(`${JSON.stringify({ time: now().toISOString(), level, runId, message, ...fields })}\n`);
      else write(`${sentences(level, `${message}${level === 'debug' ? humanFields(fields) : ''}`, terminal)}\n`);
    };
  return { runId, debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') };
}

const LABEL = 'Warning: ';

/** What belongs to a line stands under it; a hint of its own begins where the caller put it. */
function sentences(level: LogLevel, message: string, terminal: Terminal | undefined): string {
  const text = level === 'warn' ? LABEL + message : message;
  if (!terminal?.live) return text;
  const lines = text.split('\n').map((line, i) => {
    const labelled = i === 0 && level === 'warn';
    return labelled ? wrapText(line, terminal.width, ' '.repeat(LABEL.length)) : fitLine(line, terminal);
  });
  const whole = lines.join('\n');
  const label = createPaint(terminal.colour).yellow(LABEL.trimEnd());
  return level === 'warn' ? `${label}${whole.slice(LABEL.length - 1)}` : whole;
}

function humanFields(fields: LogFields): string {
  return Object.entries(fields)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}
