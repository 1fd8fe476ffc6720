import { Redactor } from '../../settings/redactor.js';
import { plainPunctuation } from './plain-punctuation.js';
import { describeTerminal } from './terminal.js';

/** What must never be seen, for the whole of this process: whoever learns of a secret adds it here. */
export const redactor = new Redactor();

type Write = (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;

const guarded = new WeakSet<object>();

/**
 * The last door: all that leaves by stdout or stderr passes here, also what oclif or a library prints under DEBUG.
 * Hosts redact their own messages before that; this is for what nobody thought of.
 */
export function guardOutput(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    if (guarded.has(stream)) continue;
    guarded.add(stream);
    const write = stream.write.bind(stream) as Write;
    // What is piped is for a program, and stays as it is.
    const plain = stream.isTTY === true && !describeTerminal(stream).unicode;
    const clean = (text: string): string => (plain ? plainPunctuation(redactor.redact(text)) : redactor.redact(text));
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? clean(chunk) : chunk, ...rest)) as typeof stream.write;
  }
}
