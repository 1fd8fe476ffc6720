import { AlmanacError } from '../../market/almanac-error.js';

/** Packages that need no further yes: `name@version`, and what its bytes must be. */
export type AllowList = ReadonlyMap<string, string>;

/** `{"almanac-provider-kraken@1.2.0": "sha512-…"}` */
export function parseAllowList(text: string, file: string): AllowList {
  const refuse = (fault: string): AlmanacError =>
    new AlmanacError('CONFIG_INVALID', `${file}: ${fault}`, {
      suggestions: ['{"almanac-provider-kraken@1.2.0": "sha512-…"} is what it may look like'],
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('it is not a JSON object');
  const entries = Object.entries(value);
  for (const [key, integrity] of entries) {
    if (!/^(@[^@/]+\/)?[^@/]+@\d+\.\d+\.\d+\S*$/.test(key)) throw refuse(`${JSON.stringify(key)} is not name@version`);
    if (typeof integrity !== 'string' || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))
      throw refuse(`the integrity of ${key} is not a sha512-… of its packed package`);
  }
  return new Map(entries as [string, string][]);
}
