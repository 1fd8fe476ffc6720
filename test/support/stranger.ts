import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHILD_OPTIONS } from './child-options.js';
import { type NpmRegistry, openNpmRegistry } from './npm-registry.js';
import { packFolder } from './pack-folder.js';
import type { ProgramRun } from './run-program.js';

const RUN = new URL('../../bin/run.js', import.meta.url).pathname;
const MODULES = new URL('../../node_modules/', import.meta.url).pathname;
/** What a new plugin needs to be built and to run, with what those need. */
const PUBLISHED = ['zod', 'typescript', '@types/node', 'undici-types'];

/** Somebody with an `almanac` on the path, an empty home, a shell and npm; npm's registry is on this machine. */
export class Stranger {
  readonly dataDir: string;
  readonly #servers: ChildProcess[] = [];

  private constructor(
    readonly home: string,
    private readonly registry: NpmRegistry,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.dataDir = path.join(home, 'data');
  }

  static async arrive(home: string): Promise<Stranger> {
    const bin = path.join(home, 'bin');
    mkdirSync(bin, { recursive: true });
    const almanac = path.join(bin, 'almanac');
    writeFileSync(almanac, `#!/bin/sh\nNODE_OPTIONS='${CHILD_OPTIONS}' exec '${process.execPath}' '${RUN}' "$@"\n`);
    chmodSync(almanac, 0o755);
    const registry = await openNpmRegistry();
    for (const name of PUBLISHED) {
      const manifest = JSON.parse(readFileSync(`${MODULES}${name}/package.json`, 'utf8'));
      registry.publish({ manifest, bytes: packFolder(MODULES + name), publishedAt: new Date('2024-01-01') });
    }
    // What npm was started with, where it runs these tests, is none of a stranger's business.
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$|^NODE_ENV$/i.test(name));
    return new Stranger(home, registry, {
      ...Object.fromEntries(inherited),
      PATH: `${bin}${path.delimiter}${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
      HOME: home,
      ALMANAC_DATA_DIR: path.join(home, 'data'),
      ALMANAC_CONFIG_DIR: path.join(home, 'config'),
      ALMANAC_STORE: '',
      ALMANAC_NPM_REGISTRY: registry.url,
      npm_config_registry: registry.url,
      npm_config_cache: path.join(home, 'npm-cache'),
      npm_config_update_notifier: 'false',
      npm_config_audit: 'false',
    });
  }

  /** Runs lines as a person types them, stopping at the first that fails. */
  async type(lines: string, cwd = this.home, env: NodeJS.ProcessEnv = {}): Promise<ProgramRun> {
    const child = this.#start(lines, cwd, env);
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
        text[name] += chunk;
      });
    }
    const [exit] = (await once(child, 'close')) as [number | null];
    return { ...text, exit };
  }

  /** Leaves something running until it has said what is waited for. */
  async leaveRunning(lines: string, cwd: string, until: RegExp, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const child = this.#start(lines, cwd, env);
    this.#servers.push(child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        if (until.test(said)) resolve();
      });
      child.once('close', (exit) => reject(new Error(`it ended with ${exit}: ${said}`)));
    });
    return said;
  }

  async leave(): Promise<void> {
    // Each in a process group of its own: npm, its shell and the server.
    for (const { pid } of this.#servers) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    await this.registry[Symbol.asyncDispose]();
  }

  #start(lines: string, cwd: string, env: NodeJS.ProcessEnv): ChildProcess {
    return spawn('sh', ['-e', '-c', lines], {
      cwd,
      env: { ...this.environment, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
