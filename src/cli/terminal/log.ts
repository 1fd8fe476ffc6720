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
  readonly now?: () => Date;
}

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export function createLog({ runId, format, least, write, now = () => new Date() }: LogOptions): Log {
  const tell =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (ORDER.indexOf(level) < ORDER.indexOf(least)) return;
      if (format === 'json')
        write(`${JSON.stringify({ time: now().toISOString(), level, runId, message, ...fields })}\n`);
      else write(`${level === 'warn' ? 'Warning: ' : ''}${message}${level === 'debug' ? humanFields(fields) : ''}\n`);
    };
  return { runId, debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') };
}

function humanFields(fields: LogFields): string {
  return Object.entries(fields)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}
