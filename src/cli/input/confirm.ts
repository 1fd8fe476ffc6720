import { createInterface } from 'node:readline';

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: { write(text: string): unknown };
}

/** A person sits there: both what asks and what answers are a terminal, and no program reads the result. */
export function canAsk(json: boolean, { stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'> = process): boolean {
  return !json && stdin.isTTY === true && stderr.isTTY === true;
}

/** Yes only where somebody says so; an empty line, the end of the input and Ctrl-C mean no. */
export async function confirm(
  question: string,
  signal: AbortSignal,
  { input, output }: Streams = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (signal.aborted) return false;
  output.write(`${question} [y/N] `);
  // Not as a terminal: that would take Ctrl-C away from whoever listens for it.
  const lines = createInterface({ input, terminal: false });
  try {
    const answer = await new Promise<string>((resolve) => {
      let answered = false;
      // Who leaves without an answer leaves the question's line open.
      const leave = (): void => {
        if (!answered) output.write('\n');
        answered = true;
        resolve('');
      };
      lines.once('line', (line) => {
        answered = true;
        resolve(line);
      });
      lines.once('close', leave);
      signal.addEventListener('abort', leave, { once: true });
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
