import path from 'node:path';

interface Facts {
  readonly servers: readonly { readonly name: string; readonly url: string }[];
  readonly listings: readonly { readonly symbol: string; readonly kind: string }[];
  readonly seed: number;
  /** The frozen clock, ISO; absent while the real one is used. */
  readonly now: string | undefined;
  /** Where the settings were written. */
  readonly configFile: string | undefined;
  readonly faults: readonly string[];
  readonly bold: (text: string) => string;
}

const KINDS = { crypto: 'crypto', stock: 'stocks', fx: 'currencies', synthetic: 'synthetic' } as const;

/** What a person needs to see once everything listens. */
export function describeSandbox({ servers, listings, seed, now, configFile, faults, bold }: Facts): string[] {
  const clock = now === undefined ? 'the real time' : `stands at ${now}`;
  return [
    bold('The sandbox is open.'),
    'One made-up market behind eight wire protocols, on this machine only. No price in it is real.',
    '',
    ...servers.map(({ name, url }) => `  ${name.padEnd(15)}  ${url}`),
    '',
    ...Object.entries(KINDS).flatMap(([kind, title]) => {
      const symbols = listings.filter((each) => each.kind === kind).map(({ symbol }) => symbol);
      return symbols.length === 0 ? [] : wrap(title, symbols);
    }),
    `  ${'clock'.padEnd(15)}  ${clock}`,
    `  ${'seed'.padEnd(15)}  ${seed} (the same seed, the same prices)`,
    ...(faults.length === 0 ? [] : [`  ${'faults'.padEnd(15)}  ${faults.join(', ')}`]),
    '',
    ...describeNext(configFile, now),
    '',
    'Ctrl-C closes it.',
  ];
}

/** Typed as it stands, in the order in which it works. */
export function describeNext(configFile: string | undefined, now: string | undefined): string[] {
  if (configFile === undefined) {
    return [
      'To point Almanac at it, let it write the settings:',
      '  almanac sandbox --config ./sandbox/almanac.config.json',
    ];
  }
  const folder = path.dirname(configFile);
  const found = path.basename(configFile) === 'almanac.config.json';
  const flag = found ? '' : ` --config ${path.basename(configFile)}`;
  return [
    `Almanac is pointed at it by ${configFile}; in another terminal:`,
    `  cd ${/^[\w./~+-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`}`,
    ...(now === undefined ? [] : [`  export ALMANAC_NOW=${now}`]),
    `  almanac doctor${flag}`,
    `  almanac providers list${flag}`,
  ];
}

function wrap(title: string, symbols: readonly string[]): string[] {
  const lines: string[] = [];
  for (const symbol of symbols) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + symbol.length < 60) lines[lines.length - 1] = `${last}, ${symbol}`;
    else lines.push(symbol);
  }
  return lines.map((line, i) => `  ${(i === 0 ? title : '').padEnd(15)}  ${line}${i < lines.length - 1 ? ',' : ''}`);
}
