import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AlmanacError } from '../../market/almanac-error.js';

/** Where npm works, and how much of it is shown. */
export interface NpmPlace {
  readonly dataDir: string;
  readonly registry?: string | undefined;
  /** Gets what npm says, where a person wants to see it. */
  readonly tell?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface NpmFailure {
  readonly code: string;
  readonly summary: string;
}

export type NpmAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: NpmFailure };

/** As it was when the program was started: what is added for one plugin is none of the next one's. */
const STARTED: NodeJS.ProcessEnv = { ...process.env };

/**
 * What npm is told wherever it is started for plugins: nothing of a package runs while it is installed, dependencies
 * as young as what is refused by hand are left out too, and nobody waits two minutes to learn that there is no network.
 */
export function npmEnvironment(allowNew: boolean, environment: NodeJS.ProcessEnv = STARTED): NodeJS.ProcessEnv {
  const patience = {
    npm_config_fetch_retries: '1',
    npm_config_fetch_retry_mintimeout: '500',
    npm_config_fetch_retry_maxtimeout: '2000',
  };
  const firm = {
    npm_config_ignore_scripts: 'true',
    npm_config_save_exact: 'true',
    npm_config_package_lock: 'true',
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    ...(allowNew ? {} : { npm_config_min_release_age: '7' }),
  };
  // npm reads these names in any case, and the last one it reads is the one that counts.
  const others = Object.entries(environment).filter(([name]) => !Object.hasOwn(firm, name.toLowerCase()));
  return { ...patience, ...Object.fromEntries(others), ...firm };
}

/** One npm command with `--json`, in the data folder; its answer or its reason, both as data. */
export async function runNpm(words: readonly string[], place: NpmPlace, allowNew = true): Promise<NpmAnswer> {
  await mkdir(place.dataDir, { recursive: true });
  const registry = place.registry === undefined ? [] : [`--registry=${place.registry}`];
  const loudness = place.tell === undefined ? 'silent' : 'verbose';
  const child = spawn(process.execPath, [await findNpm(), ...words, '--json', `--loglevel=${loudness}`, ...registry], {
    cwd: place.dataDir,
    env: npmEnvironment(allowNew),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(place.signal === undefined ? {} : { signal: place.signal }),
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => place.tell?.(text));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const value = parse(out);
  return exit === 0 ? { ok: true, value } : { ok: false, error: readFailure(value) };
}

/** npm's reason in one sentence. */
export function describeNpmFailure({ code, summary }: NpmFailure, what: string): AlmanacError {
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|UND_ERR|CERT_|EPROTO)/.test(code))
    return new AlmanacError('UNAVAILABLE', `${what}: npm's registry cannot be reached from here (${code})`, {
      suggestions: ['almanac plugins install file:/folder/package.tgz needs no network'],
    });
  if (code === 'EINTEGRITY')
    return new AlmanacError('PROVIDER_INVALID', `${what}: the bytes that came are not those that were published`);
  if (code === 'ETARGET')
    return new AlmanacError('UNSUPPORTED', `${what}: there is no such version, or it is younger than seven days`, {
      suggestions: ['add --allow-new'],
    });
  const [line = ''] = summary.split('\n', 1);
  return new AlmanacError('UNSUPPORTED', `${what}: npm says ${code}${line === '' ? '' : `: ${line.slice(0, 200)}`}`, {
    suggestions: ['add --verbose to see all that npm says'],
  });
}

function readFailure(value: unknown): NpmFailure {
  const { code, summary } = (value as { error?: { code?: unknown; summary?: unknown } } | undefined)?.error ?? {};
  return { code: String(code ?? 'EUNKNOWN'), summary: String(summary ?? '') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The npm that comes with oclif's plugin for plugins: the same one installs what was looked at. */
async function findNpm(): Promise<string> {
  const theirs = createRequire(import.meta.url).resolve('@oclif/plugin-plugins');
  const manifest = createRequire(theirs).resolve('npm/package.json');
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: { npm: string } };
  return path.join(path.dirname(manifest), bin.npm);
}
