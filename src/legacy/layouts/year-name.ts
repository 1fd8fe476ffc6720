/** The year of `2023.csv.gz`, `2023.csv` or `2023.csv.zst`; undefined for any other name. */
export function parseYearName(name: string | undefined): number | undefined {
  const match = /^((?:1[89]|2[01])\d{2})\.csv(\.gz|\.zst)?$/.exec(name ?? '');
  return match === null ? undefined : Number(match[1]);
}

/** `5m`, `1M`, `45m`: a folder that means a timeframe, whether it is one of ours or not. */
export function isTimeframeLike(name: string | undefined): name is string {
  return /^(\d{1,3}[A-Za-z]{1,5}|ticks?)$/.test(name ?? '');
}

/** A path beside another. */
function besideOf(path: string, name: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return folder + name;
}

/** Relative to the tree, of those names that are there. */
export function companionsOf(
  path: string,
  beside: ReadonlySet<string>,
  ...names: readonly string[]
): readonly string[] {
  return names.filter((name) => beside.has(name)).map((name) => besideOf(path, name));
}
