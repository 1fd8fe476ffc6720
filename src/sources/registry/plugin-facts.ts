/** Where a provider came from: a plugin is code with the user's rights, so it is always named. */
export interface PluginFacts {
  readonly name: string;
  readonly version: string;
  /**
   * `core` ships with Almanac, `user` was installed, `link` is somebody's work in progress, `dev` is ours, `file` is
   * a declaration in the config folder, which has no version.
   */
  readonly type: string;
  /** The folder it was loaded from, or the file. */
  readonly root: string;
}

/** Plain data, without the rest of what oclif knows: it ends up in documents. */
export function readPluginFacts({ name, version, type, root }: PluginFacts): PluginFacts {
  return { name, version, type, root };
}

/** `almanac-provider-kraken 1.2.0 (user)` */
export function namePlugin({ name, version, type }: PluginFacts): string {
  return version === '' ? `${name} (${type})` : `${name} ${version} (${type})`;
}
