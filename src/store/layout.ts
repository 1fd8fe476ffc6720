import path from 'node:path';
import { AlmanacError } from '../market/almanac-error.js';
import { parseSymbol } from '../market/symbol.js';
import { TIMEFRAMES, type Timeframe } from '../market/timeframe.js';

/** The only file that knows where anything lies in a cache: `<cache>/<SYMBOL>/<timeframe>/<year>.csv.gz`. */
const OWN_FOLDER = '_almanac';

const PLAIN = /^[A-Za-z0-9._=@-]$/;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])$/i;

export function seriesFolder(cache: string, symbol: string, timeframe: Timeframe): string {
  return path.join(cache, encodeSymbol(symbol), timeframe);
}

export function symbolFolder(cache: string, symbol: string): string {
  return path.join(cache, encodeSymbol(symbol));
}

export const dataName = (year: number): string => `${year}.csv.gz`;
export const sidecarName = (year: number): string => `${year}.metadata.json`;
// 2026-11-21: not `….csv.gz`: a glob of polars or of pathlib matches hidden files too, and would read every row twice.
export const previousDataName = (year: number): string => `.${year}.csv.gz.prev`;
export const previousSidecarName = (year: number): string => `.${year}.metadata.json.prev`;
export const LOCK_NAME = '.lock';

export type TempRole = 'data' | 'sidecar' | 'prev';

/** Beside its target, because a rename is atomic only within one folder's file system. */
export const tempName = (year: number, txid: string, role: TempRole): string => `.${year}.${txid}.${role}.tmp`;

export function parseTempName(name: string): { readonly year: number; readonly role: TempRole } | undefined {
  const match = /^\.(\d{4})\.[0-9a-f]{24}\.(data|sidecar|prev)\.tmp$/.exec(name);
  return match ? { year: Number(match[1]), role: match[2] as TempRole } : undefined;
}

export function parseDataName(name: string): number | undefined {
  const match = /^((?:1[89]|2[01])\d{2})\.csv\.gz$/.exec(name);
  return match ? Number(match[1]) : undefined;
}

export function parseTimeframeFolder(name: string): Timeframe | undefined {
  return (TIMEFRAMES as readonly string[]).includes(name) ? (name as Timeframe) : undefined;
}

export function quarantineFolder(cache: string, id: string): string {
  return path.join(cache, OWN_FOLDER, 'quarantine', id);
}

/** Where small documents lie that processes share; each is rebuilt when lost. */
export type DocumentArea = 'limits' | 'notes';

export function documentFolder(cache: string, area: DocumentArea): string {
  return path.join(cache, OWN_FOLDER, area);
}

/** What the cache keeps besides bars lies here; its lock is for the documents directly in it. */
export function ownFolder(cache: string): string {
  return path.join(cache, OWN_FOLDER);
}

/** `validation` lies at the cache's root, for every tool to find; the others are Almanac's own. */
export type ReportName = 'validation' | 'cleanup' | 'audit' | `migration-${string}`;

export function reportFile(cache: string, name: ReportName): string {
  if (name === 'validation') return path.join(cache, 'validate-metadata.json');
  if (name.startsWith('migration-')) return path.join(cache, OWN_FOLDER, 'migrations', `${name.slice(10)}.json`);
  return path.join(cache, OWN_FOLDER, name === 'cleanup' ? 'cleanup-report.json' : 'cleanup-audit.json');
}

export const CHECKSUMS_NAME = 'checksums.json';

/** `checksums.20240131T120000Z.json`, and another number for each further one of that second. */
export function checksumsCopyName(stamp: string, kind: 'cleared' | 'garbled', number: number): string {
  return `checksums.${stamp}${number === 0 ? '' : `-${number}`}${kind === 'garbled' ? '.garbled' : ''}.json`;
}

export function noteName(symbol: string, timeframe: Timeframe): string {
  return `${encodeSymbol(symbol)}.${timeframe}`;
}

/** A folder name that is safe on every disk and reads back as exactly this symbol. */
export function encodeSymbol(symbol: string): string {
  parseSymbol(symbol);
  let name = '';
  for (const byte of new TextEncoder().encode(symbol)) {
    const character = String.fromCharCode(byte);
    name += byte < 128 && PLAIN.test(character) ? character : percent(byte);
  }
  const stem = symbol.split('.')[0] as string;
  if (RESERVED.test(stem) || /^[._-]/.test(name)) name = percent(name.charCodeAt(0)) + name.slice(1);
  if (name.endsWith('.')) name = `${name.slice(0, -1)}%2E`;
  return name;
}

/** The symbol a folder stands for; undefined where we would not have named it so: such a folder is not ours. */
export function decodeSymbol(name: string): string | undefined {
  if (!/^(?:[A-Za-z0-9._=@-]|%[0-9A-F]{2})+$/.test(name)) return undefined;
  try {
    const symbol = decodeURIComponent(name);
    return encodeSymbol(symbol) === name ? symbol : undefined;
  } catch {
    return undefined;
  }
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Belt and braces after every join: nothing outside the cache is ever named. */
export function assertInside(cache: string, target: string): void {
  const relative = path.relative(cache, target);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new AlmanacError('SYMBOL_REFUSED', `${target} lies outside the cache ${cache}`);
  }
}
