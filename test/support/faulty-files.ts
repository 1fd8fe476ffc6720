import type { FilePort, OpenFile } from '../../src/store/files/file-port.js';
import { nodeFiles } from '../../src/store/files/node-files.js';

export interface FaultPlan {
  /** Which operation, counted from 1 over everything the store asks of the disk. */
  readonly at: number;
  /** What happens there; `kill` ends the process, before or after the operation took effect. */
  readonly fault:
    | { readonly kind: 'errno'; readonly code: string }
    | { readonly kind: 'kill'; readonly when: 'before' | 'after' };
}

export interface FaultyFiles {
  readonly files: FilePort;
  readonly log: readonly string[];
  readonly fired: () => boolean;
}

/** The real disk, failing at one chosen operation; `die` stands for SIGKILL where the process must live on. */
export function faultyFiles(
  plan: FaultPlan | undefined,
  options: { readonly shortWrites?: boolean; readonly die?: () => never } = {},
): FaultyFiles {
  const log: string[] = [];
  let fired = false;
  let dead = false;
  async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
    if (dead) return new Promise<never>(() => undefined);
    log.push(name);
    if (plan === undefined || log.length !== plan.at) return run();
    fired = true;
    if (plan.fault.kind === 'errno')
      throw Object.assign(new Error(`${plan.fault.code}: injected, ${name}`), { code: plan.fault.code });
    if (plan.fault.when === 'after') await run();
    dead = true;
    return options.die === undefined ? new Promise<never>(() => undefined) : options.die();
  }
  const wrap = (file: OpenFile, path: string): OpenFile => ({
    read: (into, position) => step(`read ${path}`, () => file.read(into, position)),
    write: (bytes, position) =>
      step(`write ${path}`, () =>
        file.write(options.shortWrites ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes, position),
      ),
    size: () => step(`size ${path}`, () => file.size()),
    sync: () => step(`sync ${path}`, () => file.sync()),
    truncate: (size) => step(`truncate ${path}`, () => file.truncate(size)),
    tryLock: () => step(`lock ${path}`, () => file.tryLock()),
    // Closing cannot be prevented by an injected error: the descriptor is gone either way, as in the kernel.
    close: () => step(`close ${path}`, async () => undefined).finally(() => file.close()),
  });
  const files: FilePort = {
    open: (path, mode) => step(`open ${path}`, async () => wrap(await nodeFiles.open(path, mode), path)),
    readWhole: (path) => step(`readWhole ${path}`, () => nodeFiles.readWhole(path)),
    stat: (path) => step(`stat ${path}`, () => nodeFiles.stat(path)),
    list: (folder) => step(`list ${folder}`, () => nodeFiles.list(folder)),
    makeFolder: (folder) => step(`makeFolder ${folder}`, () => nodeFiles.makeFolder(folder)),
    rename: (from, to) => step(`rename ${from} -> ${to}`, () => nodeFiles.rename(from, to)),
    link: (from, to) => step(`link ${from} -> ${to}`, () => nodeFiles.link(from, to)),
    unlink: (path) => step(`unlink ${path}`, () => nodeFiles.unlink(path)),
    syncFolder: (folder) => step(`syncFolder ${folder}`, () => nodeFiles.syncFolder(folder)),
  };
  return { files, log, fired: () => fired };
}
