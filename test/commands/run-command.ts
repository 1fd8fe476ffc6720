export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

interface Runnable {
  run(argv: string[], options: { root: string }): Promise<unknown>;
}

/** Runs a command of the source tree in this process, as a pipe would see it. */
export async function runCommand(command: Runnable, argv: readonly string[], root = process.cwd()): Promise<Ran> {
  const text = { stdout: '', stderr: '' };
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const write = process[name].write;
    process[name].write = ((chunk: string | Uint8Array) => {
      text[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    }) as typeof write;
    return () => {
      process[name].write = write;
    };
  });
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await command.run([...argv], { root });
    return { ...text, exit: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = before;
    for (const each of restore) each();
  }
}
