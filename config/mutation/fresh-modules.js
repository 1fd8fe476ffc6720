import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceTextModule, SyntheticModule } from 'node:vm';
import { transformSync } from '@swc/core';
import * as language from './test-language.js';

const SWC = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } };
const texts = new Map();
const packages = new Map([['@jest/globals', wrap(language)]]);

/** Ours as new as in a process of their own, in each set once; packages are what they are, and shared by all. */
export class FreshModules {
  #known = new Map();

  async load(file) {
    const module = this.#open(file);
    await module.link((specifier, { identifier }) => this.#find(specifier, identifier));
    await module.evaluate();
  }

  #find(specifier, from) {
    if (!specifier.startsWith('.')) return findPackage(specifier);
    const file = path.resolve(path.dirname(from), specifier);
    const source = file.replace(/\.js$/, '.ts');
    return existsSync(source) ? this.#open(source) : findPackage(pathToFileURL(file).href);
  }

  #open(file) {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const module = new SourceTextModule(readText(file), {
      identifier: file,
      importModuleDynamically: (specifier) => import(specifier),
      initializeImportMeta: (meta) => {
        meta.url = pathToFileURL(file).href;
      },
    });
    this.#known.set(file, module);
    return module;
  }
}

function readText(file) {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const { code } = transformSync(readFileSync(file, 'utf8'), SWC);
  texts.set(file, code);
  return code;
}

async function findPackage(specifier) {
  const known = packages.get(specifier);
  if (known !== undefined) return known;
  const module = wrap(await import(specifier));
  packages.set(specifier, module);
  return module;
}

function wrap(namespace) {
  const names = Object.keys(namespace);
  return new SyntheticModule(names, function fill() {
    for (const name of names) this.setExport(name, namespace[name]);
  });
}
