import { AlmanacError } from '../market/almanac-error.js';

/** What a new plugin is called, in each place that needs a name. */
export interface PluginNames {
  /** What follows `--provider`: `my-exchange`. */
  readonly id: string;
  /** On npm: `almanac-provider-my-exchange`. */
  readonly packageName: string;
  /** For people: `My Exchange`. */
  readonly title: string;
  /** In code: `myExchange`. */
  readonly identifier: string;
  /** In the environment: `MY_EXCHANGE`. */
  readonly variable: string;
}

const PREFIX = 'almanac-provider-';
const LONGEST = 40;

/** Also takes the package's name. What comes out is a name for npm, for a folder and for a setting alike. */
export function namePlugin(text: string): PluginNames {
  const id = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > LONGEST) {
    const message = `${JSON.stringify(text)} cannot be a provider's name: lower case letters and digits, words joined by dashes, at most ${LONGEST} characters`;
    throw new AlmanacError('USAGE', message, { suggestions: suggest(text) });
  }
  const words = id.split('-');
  const title = words.map(capitalise).join(' ');
  return {
    id,
    packageName: PREFIX + id,
    title,
    identifier: `${words[0]}${words.slice(1).map(capitalise).join('')}`,
    variable: id.replaceAll('-', '_').toUpperCase(),
  };
}

function suggest(text: string): string[] {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const id = words
    ?.join('-')
    .replace(/^[0-9-]+/, '')
    .slice(0, LONGEST)
    .replace(/-$/, '');
  return id === undefined || id === '' ? [] : [`almanac providers init ${id}`];
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
