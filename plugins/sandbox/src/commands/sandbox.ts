import path from 'node:path';
import { Command } from '@oclif/core/command';
import { boolean, integer, string } from '@oclif/core/flags';
import { describeRequest } from '../cli/describe-request.js';
import { describeSandbox } from '../cli/describe-sandbox.js';
import { parseFault } from '../cli/parse-fault.js';
import { readInstant } from '../cli/read-instant.js';
import { untilStopped } from '../cli/until-stopped.js';
import type { LoggedRequest } from '../servers/server.js';

export default class Sandbox extends Command {
  static override summary = 'Serve every provider’s wire protocol from one made-up market on this machine.';
  static override description =
    'No key and no network is needed, and no price in it is real: what is fetched from it is kept apart from real bars, and says where it came from. It runs until Ctrl-C.';
  static override examples = [
    {
      description: 'Open it, and write the settings that point Almanac at it',
      command: '<%= config.bin %> <%= command.id %> --config ./sandbox/almanac.config.json',
    },
    {
      description: 'At a moment of your choosing, with Binance refusing three requests',
      command: '<%= config.bin %> <%= command.id %> --now 2025-01-02T00:00:00Z --fault binance:429:3 --log',
    },
  ];
  static override flags = {
    config: string({ summary: 'Write the settings that point every provider here into this file.', helpValue: 'FILE' }),
    fault: string({
      summary: 'Let something go wrong: SERVER:KIND[:TIMES], KIND a status, or cut, reset, stall, delay or garble.',
      helpValue: 'binance:429:3',
      multiple: true,
      multipleNonGreedy: true,
      default: [],
    }),
    force: boolean({ char: 'f', summary: 'Let --config replace a file that is there.', dependsOn: ['config'] }),
    json: boolean({ summary: 'Print one document with the addresses and the settings once it listens.' }),
    log: boolean({ summary: 'Print every request as it comes (on stderr).' }),
    'no-color': boolean({ summary: 'Print without colour (NO_COLOR does the same).' }),
    now: string({ summary: 'Let its clock stand at this moment (UTC).', helpValue: '2025-01-02T00:00:00Z' }),
    port: integer({ summary: 'First of nine ports in a row (default: any that are free).', min: 1024, max: 65_527 }),
    seed: integer({ summary: 'Which made-up market: the same seed, the same prices.', default: 1, min: 0 }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Sandbox);
    const { startSandbox } = await import('../start-sandbox.js');
    const { configFor, writeConfig } = await import('../write-config.js');
    const frozen = flags.now === undefined ? undefined : readInstant(flags.now);
    const configFile = flags.config === undefined ? undefined : path.resolve(flags.config);
    const sandbox = await startSandbox({
      seed: flags.seed,
      faults: flags.fault.map((text) => parseFault(text)),
      ...(flags.port === undefined ? {} : { port: flags.port }),
      ...(frozen === undefined ? {} : { now: () => frozen }),
      ...(flags.log ? { onRequest: tellRequest } : {}),
    });
    const stopped = untilStopped();
    try {
      const { servers, market } = sandbox;
      const config = configFor(servers);
      if (configFile !== undefined) await writeConfig(configFile, config, flags.force);
      const now = frozen === undefined ? undefined : new Date(frozen).toISOString().replace('.000Z', 'Z');
      const { seed, fault: faults } = flags;
      const shown = servers.map(({ name, url }) => ({ name, url }));
      const bold = createBold(flags['no-color']);
      const lines = flags.json
        ? [
            JSON.stringify(
              { schemaVersion: 1, servers: shown, now: now ?? null, seed, configFile: configFile ?? null, config },
              null,
              2,
            ),
          ]
        : describeSandbox({ servers, listings: market.listings, seed, now, configFile, faults, bold });
      process.stdout.write(`${lines.join('\n')}\n`);
      process.exitCode = await stopped;
    } finally {
      await sandbox.close();
    }
  }

  /** A sentence and no stack: what was typed, or what is in the way on this machine. */
  protected override async catch(error: Failure): Promise<void> {
    const usage = error.parse !== undefined || /^--(fault|now) /.test(error.message);
    process.exitCode = usage ? 2 : 1;
    const [message = ''] = error.message.replace(/\n?See more help with --help/, '').split('\n', 1);
    process.stderr.write(`Error: ${explain(error) ?? message}\n  Try: almanac sandbox --help\n`);
  }
}

interface Failure extends Error {
  readonly code?: string;
  readonly parse?: unknown;
  readonly path?: string;
  readonly port?: number;
}

function tellRequest(request: LoggedRequest): void {
  process.stderr.write(`${describeRequest(request)}\n`);
}

function explain({ code, path: file, port }: Failure): string | undefined {
  if (code === 'EEXIST') return `${file} is there already, and was left as it is; --force replaces it`;
  if (code === 'EADDRINUSE') return `port ${port} is taken; give another --port, or none`;
  if (code === 'EACCES' || code === 'EROFS') return `${file ?? 'the settings file'} cannot be written`;
  return undefined;
}

function createBold(noColour: boolean): (text: string) => string {
  const colour = process.stdout.isTTY === true && !noColour && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return (text) => (colour ? `\u001b[1m${text}\u001b[22m` : text);
}
