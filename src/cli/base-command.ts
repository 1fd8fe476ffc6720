import { randomUUID } from 'node:crypto';
import { Command } from '@oclif/core/command';
import { boolean, option, string } from '@oclif/core/flags';
import { secretsInEnvironment, secretsInSettings } from '../settings/secrets.js';
import type { LoadedSettings } from '../settings/settings.js';
import { describeError, type Failure } from './describe-error.js';
import { EXIT } from './exit-codes.js';
import { Interrupt } from './interrupt.js';
import { takeLoadTroubles } from './providers/load-troubles.js';
import { guardOutput, redactor } from './terminal/guard-output.js';
import { createLog, type Log } from './terminal/log.js';
import { renderError } from './terminal/render-error.js';
import { describeTerminal, type Terminal } from './terminal/terminal.js';
import { cleanText } from './terminal/text.js';
import type { View } from './terminal/view.js';

const helpGroup = 'GLOBAL';

export interface GlobalFlags {
  readonly 'cache-dir'?: string | undefined;
  readonly config?: string | undefined;
}

/** What every command has in common; it also repairs what oclif 4 does to errors under --json. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    'cache-dir': string({ summary: 'Folder that holds the data.', helpValue: 'DIR', helpGroup, noCacheDefault: true }),
    config: string({ summary: 'Read this settings file and no other.', helpValue: 'FILE', helpGroup }),
    'log-format': option({ options: ['human', 'json'] as const, summary: 'Form of the log on stderr.', helpGroup })(),
    'no-color': boolean({ summary: 'Print without colour (NO_COLOR does the same).', helpGroup }),
    'no-plugins': boolean({
      summary: 'Load nothing that was installed by `plugins install` (ALMANAC_NO_PLUGINS=1 does the same).',
      helpGroup,
    }),
    quiet: boolean({
      char: 'q',
      summary: 'Say nothing but results, warnings and errors.',
      helpGroup,
      exclusive: ['verbose'],
    }),
    verbose: boolean({ summary: 'Say more of what happens.', helpGroup }),
  };

  readonly #interrupt = new Interrupt();
  #log: Log | undefined;
  /** Set once a result is on its way to stdout: an error document in its middle would spoil both. */
  protected streaming = false;

  /** Taking it is a promise to stop when it aborts. */
  protected get signal(): AbortSignal {
    return this.#interrupt.signal;
  }

  /** Read from the words typed, not from parsed flags: an error in parsing needs it too. */
  protected get told(): Log {
    this.#log ??= createLog({
      runId: randomUUID(),
      format: this.#logFormat,
      least: this.#typed('--verbose') ? 'debug' : this.#typed('--quiet', '-q') ? 'warn' : 'info',
      write: (text) => process.stderr.write(text),
      terminal: this.terminal(process.stderr),
    });
    return this.#log;
  }

  protected terminal(stream: NodeJS.WriteStream = process.stdout): Terminal {
    return describeTerminal(stream, process.env, this.#typed('--no-color'));
  }

  protected get view(): View {
    return {
      out: this.terminal(),
      err: this.terminal(process.stderr),
      told: this.told,
      logFormat: this.#logFormat,
      quiet: this.#typed('--quiet', '-q'),
      json: this.jsonEnabled(),
      print: (lines) => this.printLines(lines),
    };
  }

  protected async settings(flags: GlobalFlags): Promise<LoadedSettings> {
    const { loadSettings } = await import('../settings/load-settings.js');
    const { configDir, dataDir } = this.config;
    const cacheDir = flags['cache-dir'];
    const loaded = await loadSettings({
      cwd: process.cwd(),
      configDir,
      dataDir,
      file: flags.config,
      flags: { cacheDir },
    });
    for (const secret of secretsInSettings(loaded.values)) redactor.add(secret);
    this.told.debug('settings read', { file: loaded.file ?? 'none', cache: loaded.cacheFolder });
    return loaded;
  }

  protected printLines(lines: readonly string[]): void {
    if (!this.jsonEnabled() && lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  }

  protected override async init(): Promise<void> {
    for (const secret of secretsInEnvironment(process.env)) redactor.add(secret);
    guardOutput(process.stdout, process.stderr);
    await super.init();
    for (const trouble of takeLoadTroubles()) this.told.warn(cleanText(trouble));
    this.told.debug('started', { command: this.id, version: this.config.version, node: process.version });
  }

  /** What a document says that cannot be ended as it was begun. */
  protected describeFailure(error: unknown): Record<string, unknown> {
    const { code, message, suggestions } = this.#judge(error);
    return { code, message, suggestions };
  }

  /** After an interrupt it is the interrupt, whatever that broke off. */
  #judge(error: unknown): Failure {
    const { exit } = this.#interrupt;
    if (exit !== undefined)
      return { code: 'INTERRUPTED', message: 'interrupted; what was finished is kept', suggestions: [], exit };
    return describeError(error, `${this.config.bin} ${(this.id ?? '').replaceAll(':', ' ')}`);
  }

  /** Errors end here: thrown further, oclif would call process.exit and cut what a pipe has not taken yet. */
  protected override async catch(error: Error & { code?: string; oclif?: { exit?: number } }): Promise<void> {
    this.debug(error.stack);
    process.exitCode = this.#interrupt.exit ?? error.oclif?.exit ?? 1;
    if (error.code === 'EEXIT') return;
    const failure = this.#judge(error);
    const { code, message, suggestions } = failure;
    process.exitCode = failure.exit;
    if (this.jsonEnabled() && !this.streaming) this.logJson(this.toErrorJson({ code, message, suggestions }));
    if (this.#interrupt.exit !== undefined) return this.told.warn(message);
    if (this.#logFormat === 'json') this.told.error(message, { code, suggestions });
    else if (!this.jsonEnabled() || this.streaming)
      process.stderr.write(renderError(failure, this.terminal(process.stderr)));
  }

  protected override async finally(): Promise<void> {
    this.#interrupt.release();
    // A run that was stopped says so; which signal it was is known here alone.
    if (process.exitCode === EXIT.interrupted) process.exitCode = this.#interrupt.exit ?? EXIT.interrupted;
    this.told.debug('ended', { exit: process.exitCode ?? 0 });
  }

  protected override toErrorJson(error: unknown): unknown {
    return { schemaVersion: 1, error };
  }

  override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  }

  get #logFormat(): 'human' | 'json' {
    return this.#option('--log-format') === 'json' ? 'json' : 'human';
  }

  #typed(...names: readonly string[]): boolean {
    const end = this.argv.indexOf('--');
    const words = end < 0 ? this.argv : this.argv.slice(0, end);
    return names.some((name) => words.includes(name));
  }

  #option(name: string): string | undefined {
    const at = this.argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
    return at < 0 ? undefined : (this.argv[at]?.split('=')[1] ?? this.argv[at + 1]);
  }
}
