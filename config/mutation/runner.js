import path from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { findImports, listTests } from './test-files.js';
import { readTests } from './test-language.js';

/** Properties stop early and do not look for their smallest case: one failure is all a mutant needs. */
const PROPERTY = { seed: 20_261_121, endOnFailure: true, interruptAfterTimeLimit: 250 };
/** Stryker calls a loop endless at a hundred times its usual turns; in a hot one that is minutes, and ten will do. */
const HITS = 10;
const [PASSED, FAILED] = [0, 1];

/**
 * Runs pure tests in Stryker's own process, every mutant on modules loaded anew, so that nothing a module remembers
 * goes from one mutant to the next. Jest needs seconds for a mutant where this needs a tenth of one.
 */
class PureTestRunner {
  #files = [];
  #FreshModules;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // Stryker's first process only looks at what this is called, and runs without Node's modules of vm.
    this.#FreshModules = (await import('./fresh-modules.js')).FreshModules;
    fc.configureGlobal(PROPERTY);
    // The fewest imports first: what tests a file alone tells soonest.
    this.#files = (await listTests()).map((file) => ({ file, imports: findImports(file) }));
    this.#files.sort((a, b) => a.imports.size - b.imports.size);
  }

  async dryRun() {
    const state = stateOf();
    state.mutantCoverage = { static: {}, perTest: {} };
    const result = await this.#run(this.#files, undefined, false);
    return { ...result, mutantCoverage: state.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, sandboxFileName, disableBail, ...options }) {
    const hitLimit = options.hitLimit === undefined ? undefined : options.hitLimit / HITS;
    const state = stateOf();
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const name = path.basename(sandboxFileName, '.ts');
    const files = this.#files
      .filter(({ file, imports }) =>
        wanted === undefined
          ? imports.has(path.resolve(sandboxFileName))
          : testFilter.some((id) => id.startsWith(`${nameOf(file)} `)),
      )
      // Its own tests before anybody else's.
      .sort((a, b) => Number(b.file.includes(name)) - Number(a.file.includes(name)));
    Object.assign(state, { activeMutant: undefined, hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    const activate = () => {
      state.activeMutant = activeMutant.id;
    };
    if (mutantActivation === 'static') activate();
    const result = await this.#run(files, wanted, !disableBail, activate);
    return toMutantRunResult(determineHitLimitReached(state.hitCount, hitLimit) ?? result);
  }

  async #run(files, wanted, bail, activate = () => {}) {
    const state = stateOf();
    const modules = new this.#FreshModules();
    const tests = [];
    for (const { file } of files) {
      let found;
      try {
        found = await readTests(() => modules.load(file));
      } catch (error) {
        // A module that cannot even be loaded fails every test of the file.
        found = [{ name: 'loads', run: () => Promise.reject(error) }];
        if (wanted !== undefined) wanted.add(`${nameOf(file)} loads`);
      }
      activate();
      for (const test of found) {
        const id = `${nameOf(file)} ${test.name}`;
        if (wanted !== undefined && !wanted.has(id)) continue;
        state.currentTestId = id;
        const started = performance.now();
        const failure = await failureOf(test);
        state.currentTestId = undefined;
        const status = failure === undefined ? PASSED : FAILED;
        const about = { id, name: id, fileName: file, timeSpentMs: performance.now() - started, status };
        tests.push(failure === undefined ? about : { ...about, failureMessage: failure });
        if (bail && failure !== undefined) return { status: 'complete', tests };
      }
    }
    return { status: 'complete', tests };
  }
}

/** Where Stryker's mutated code looks for the mutant that is in force, and counts what was reached. */
function stateOf() {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
}

const nameOf = (file) => path.relative('.', file).split(path.sep).join('/');

async function failureOf(test) {
  try {
    await test.run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'pure', PureTestRunner)];
