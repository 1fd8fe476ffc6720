import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ProgramRun, runProgram } from './run-program.js';

export interface Logged {
  readonly server: string;
  readonly at: number;
  readonly what: string;
  readonly status: number;
  readonly cost: number;
}

export interface Truth {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** The simulated world that a program under test lives in: its servers, their log, their faults, its truth. */
export class World {
  #next = 1;
  readonly #waiting = new Map<number, (result: unknown) => void>();

  private constructor(
    private readonly child: ChildProcess,
    private now: string,
  ) {
    child.on('message', ({ id, result }: { id: number; result: unknown }) => this.#waiting.get(id)?.(result));
  }

  static async start(now: string, options: Readonly<Record<string, unknown>> = {}): Promise<World> {
    const script = new URL('./serve-world.js', import.meta.url).pathname;
    const child = fork(script, [JSON.stringify({ now, options })], {
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(child, 'message');
    return new World(child, now);
  }

  /** A folder's settings that lead to this world; its cache is `market/` there. */
  async settle(folder: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const config = (await this.#ask('config')) as Record<string, unknown>;
    writeFileSync(
      path.join(folder, 'almanac.config.json'),
      JSON.stringify({ ...config, cacheDir: './market', ...more }),
    );
  }

  /** A folder of its own below `root`, settled. */
  async newFolder(root: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const folder = mkdtempSync(path.join(root, 'world-'));
    await this.settle(folder, more);
    return folder;
  }

  /** Runs the program in a settled folder, at this world's time. */
  run(folder: string, words: string, env: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
    return runProgram(words.split(' '), { cwd: folder, env: { ...this.environment(folder), ...env } });
  }

  environment(folder: string): Record<string, string> {
    return {
      ALMANAC_NOW: this.now,
      ALMANAC_STORE: '',
      ALMANAC_CONFIG_DIR: folder,
      ALMANAC_DATA_DIR: path.join(folder, 'data'),
    };
  }

  /** Its time is this from now on, for its servers and for the programs run in it. */
  async moveTo(now: string): Promise<void> {
    await this.#ask('now', now);
    this.now = now;
  }

  async entries(): Promise<Logged[]> {
    return (await this.#ask('entries')) as Logged[];
  }

  clear(): Promise<unknown> {
    return this.#ask('clear');
  }

  fault(fault: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#ask('fault', fault);
  }

  quirk(file: string, quirk: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#ask('quirk', [file, quirk]);
  }

  clearQuirks(): Promise<unknown> {
    return this.#ask('clearQuirks');
  }

  clearFaults(): Promise<unknown> {
    return this.#ask('clearFaults');
  }

  async truth(name: string, step: string, start: string, end: string): Promise<Truth> {
    return (await this.#ask('truth', [name, step, start, end])) as Truth;
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    await this.#ask('close');
    await ended;
  }

  #ask(what: string, say?: unknown): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.child.send({ id, what, say });
    });
  }
}
