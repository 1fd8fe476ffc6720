import type { Schema, SchemaResult } from '../../provider/schema.js';
import { findUrlFault } from './check-url.js';
import type { Declaration } from './schema.js';

/** Where it is asked, and its keys under their names. */
export interface Options {
  readonly url: string;
  readonly [secret: string]: string | undefined;
}

/** What `providers.<id>` in the settings may say of a declared provider: another address, and its keys. */
export function compileOptions({ baseUrl, secrets = {} }: Declaration): Schema<Options> {
  const known = ['url', ...Object.keys(secrets)];
  const validate = (given: unknown): SchemaResult<Options> => {
    const options: Record<string, string | undefined> & { url: string } = { url: baseUrl };
    for (const [name, value] of Object.entries((given ?? {}) as Readonly<Record<string, unknown>>)) {
      if (!known.includes(name)) return refuse(name, `is not a setting of it; there are ${known.join(', ')}`);
      if (value === undefined) continue;
      if (typeof value !== 'string' || value === '') return refuse(name, 'must be a text in quotes');
      if (name !== 'url' && !/^[\x21-\x7e]{1,500}$/.test(value)) return refuse(name, 'must be one word of plain ASCII');
      options[name] = value;
    }
    const fault = findUrlFault(options.url);
    return fault === undefined ? { value: options } : refuse('url', fault);
  };
  return { '~standard': { version: 1, vendor: 'almanac', validate } };
}

function refuse(name: string, message: string): SchemaResult<Options> {
  return { issues: [{ message, path: [name] }] };
}
