import { AlmanacError } from '../market/almanac-error.js';
import { nearestNames } from '../market/nearest.js';
import { wholeName } from '../sources/trust/plugin-spec.js';
import { type ListedPlugin, listPlugins } from './plugins/plugin-folder.js';

/** By its name, or by `kraken` for `almanac-provider-kraken`; an error that says what was probably meant. */
export async function findListed(dataDir: string, text: string): Promise<ListedPlugin> {
  const listed = await listPlugins(dataDir);
  const found = listed.find(({ name }) => name === text) ?? listed.find(({ name }) => name === wholeName(text));
  if (found !== undefined) return found;
  const near = nearestNames(
    text,
    listed.map(({ name }) => name),
    1,
  );
  throw new AlmanacError('PROVIDER_UNKNOWN', `no plugin ${text} is installed`, {
    suggestions: near.length > 0 ? near : ['almanac plugins'],
  });
}
