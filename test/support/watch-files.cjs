// Loaded into every process of a test run (config/watch-files.js). It stands between Node and the disk and writes down
// whatever Almanac's own code does there that leaves bytes without a name: unlinking, renaming over a file, writing
// into one that is there. Tests may do as they like; who acts is read from the stack. What Almanac may do is said
// here, by name, and anything else fails the run.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const path = require('node:path');

const log = process.env.ALMANAC_FILE_WATCH;
const root = path.resolve(__dirname, '../..');
const { appendFileSync, lstatSync, readdirSync, readFileSync } = fs;
const { O_WRONLY, O_RDWR, O_EXCL, O_APPEND } = fs.constants;

/** Names of what is about to be published: a commit's files, a document's, an output's. */
const TEMPORARY = /^(\.\d{4}\.[0-9a-f]{24}\.(data|sidecar|prev)|\..+\.[0-9a-f]{12}|.+\.json\.[0-9a-f]{12})\.tmp$/;
/** The generation before the present one: it makes way for the next by design. */
const PREVIOUS = /^\.\d{4}\.(csv\.gz|metadata\.json)\.prev$/;
const YEAR_FILE = /^\d{4}\.(csv\.gz|metadata\.json)$/;
const LOCK = /^\.lock$/;
const QUARANTINE = /[\\/]_almanac[\\/]quarantine[\\/]/;
/** Counts, notes, registries, reports and manifests: each is read, changed and written whole. */
const DOCUMENT =
  /[\\/](_almanac[\\/](?!quarantine[\\/]).+\.json|quarantine[\\/][^\\/]+[\\/]manifest\.json|validate-metadata\.json)$/;

/** Whose purpose it is: quarantine is purged where the person says so; an output or the settings replace themselves. */
const PURGE = /^(src|dist)\/store\/upkeep\/purge[\w-]*\.[jt]s$/;
const REPLACES_ITSELF =
  /^((src|dist)\/cli\/(write-file|watch\/save-watch)|plugins\/sandbox\/(src|dist)\/write-config)\.[jt]s$/;
/** The folder in which doctor tries a lock. */
const TRIED = /[\\/]almanac-doctor-[^\\/]+$/;
/** npm's own files in oclif's data folder, and what was packed to be looked at: gone with the last plugin. */
const PLUGINS = /^(src|dist)\/wiring\/plugins\/(plugin-folder|change-plugins|examine-plugin)\.[jt]s$/;
const NPMS = /[\\/](\.?package(-lock)?\.json|\.npmrc|node_modules|almanac-plugin-[^\\/]+)$/;
/** What shells read to complete a line: made from the program alone, and anew each time. */
const COMPLETION = /^(src|dist)\/wiring\/completion\/[\w-]+\.[jt]s$/;
const SCRIPTS = /[\\/]almanac[\\/]autocomplete[\\/]/;
const isNpms = (file, callers) => NPMS.test(file) && callers.some((caller) => PLUGINS.test(caller));

const judge = {
  unlink(file, callers) {
    const found = look(file);
    if (found === undefined || found.isSymbolicLink()) return undefined;
    const name = path.basename(file);
    if (TEMPORARY.test(name) || TRIED.test(file) || isNpms(file, callers)) return undefined;
    if (QUARANTINE.test(file) && callers.some((caller) => PURGE.test(caller))) return undefined;
    if (PREVIOUS.test(name) && isKept(file)) return undefined;
    return 'unlinks what is not its temporary file';
  },
  replace(file, callers) {
    const found = look(file);
    if (found === undefined || !found.isFile()) return undefined;
    const name = path.basename(file);
    if (TEMPORARY.test(name) || PREVIOUS.test(name) || DOCUMENT.test(file)) return undefined;
    if (isNpms(file, callers)) return undefined;
    if (!QUARANTINE.test(file) && callers.some((caller) => REPLACES_ITSELF.test(caller))) return undefined;
    if (YEAR_FILE.test(name) && isKept(file)) return undefined;
    return 'renames over a file that is kept nowhere else';
  },
  overwrite(file, callers) {
    const found = look(file);
    if (isNpms(file, callers)) return undefined;
    if (SCRIPTS.test(file) && callers.some((caller) => COMPLETION.test(caller))) return undefined;
    if (found === undefined || !found.isFile() || found.size === 0 || LOCK.test(path.basename(file))) return undefined;
    return 'opens for writing what is there already';
  },
};

/** The same bytes under another name: the previous generation's, or one in the cache's quarantine. */
function isKept(file) {
  if (lstatSync(file).nlink > 1) return true;
  // Copied with its cache by a test, or on a disk without hard links, what was one file is two.
  const { dir, base } = path.parse(file);
  const home = path.join(dir, '../../_almanac/quarantine');
  const kept = [
    path.join(dir, `.${base}.prev`),
    ...(look(home) === undefined ? [] : readdirSync(home)).map((id) =>
      path.join(home, id, base.replace(/^\.(.+)\.prev$/, '$1')),
    ),
  ];
  return kept.some(
    (each) => each !== file && look(each) !== undefined && readFileSync(each).equals(readFileSync(file)),
  );
}

function look(file) {
  try {
    return lstatSync(file);
  } catch {
    return undefined;
  }
}

/** Files of the repository on the stack, the nearest first, as `src/store/…`. */
function callersNow() {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder = {};
  Error.stackTraceLimit = 100;
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName() ?? '');
  Error.captureStackTrace(holder, callersNow);
  const files = holder.stack;
  Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  return files
    .map((file) => path.relative(root, file.startsWith('file:') ? new URL(file).pathname : file))
    .map((file) => file.split(path.sep).join('/'));
}

const isOwn = (caller) => /^(src|dist|plugins\/[^/]+\/(src|dist))\//.test(caller) && !caller.includes('node_modules');

let seen = 0;
function watch(kind, target) {
  const file = target instanceof URL ? target.pathname : target;
  if (typeof file !== 'string') return;
  const callers = callersNow();
  if (!callers.some(isOwn)) return;
  seen++;
  if (seen % 50 === 0) tellSeen();
  const why = judge[kind](path.resolve(file), callers);
  if (why !== undefined) write({ why, file: path.resolve(file), by: callers.filter(isOwn) });
}

function tellSeen() {
  write({ seen });
  seen = 0;
}

function write(line) {
  appendFileSync(log, `${JSON.stringify(line)}\n`);
}

function writesInto(flags) {
  if (typeof flags === 'string') return /[w+]/.test(flags) && !/[xa]/.test(flags);
  return typeof flags === 'number' && (flags & (O_WRONLY | O_RDWR)) !== 0 && (flags & (O_EXCL | O_APPEND)) === 0;
}

const before = {
  unlink: (file) => watch('unlink', file),
  rm: (file) => watch('unlink', file),
  rename: (_from, to) => watch('replace', to),
  copyFile: (_from, to, mode) => mode & fs.constants.COPYFILE_EXCL || watch('overwrite', to),
  truncate: (file) => watch('overwrite', file),
  open: (file, flags) => writesInto(flags) && watch('overwrite', file),
  writeFile: (file, _data, options) => writesInto(options?.flag ?? 'w') && watch('overwrite', file),
};

function wrap(holder, name, first) {
  const real = holder[name];
  holder[name] = Object.assign(function (...args) {
    first(...args);
    return real.apply(this, args);
  }, real);
}

if (log) {
  for (const [name, first] of Object.entries(before)) {
    for (const [holder, as] of [
      [fs, name],
      [fs, `${name}Sync`],
      [fs.promises, name],
    ])
      wrap(holder, as, first);
  }
  syncBuiltinESMExports();
  process.on('exit', () => {
    // Where jest runs all in one process, its reporter has read the log and removed it before this.
    if (seen > 0 && fs.existsSync(path.dirname(log))) tellSeen();
  });
}
