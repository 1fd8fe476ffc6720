import { AlmanacError } from '../../market/almanac-error.js';

const NAMES: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
};

/** One character, or the name of one that is hard to type. */
export function readDelimiter(text: string): string {
  const delimiter = NAMES[text] ?? text;
  if ([...delimiter].length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw new AlmanacError('USAGE', `--delimiter ${JSON.stringify(text)} is not one character`, {
    suggestions: ["--delimiter ';'", '--delimiter tab'],
  });
}
