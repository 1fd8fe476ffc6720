/** What the place we print to can show. */
export interface Terminal {
  /** A person is looking: align, colour, shorten. Otherwise a program reads: plain and whole. */
  readonly live: boolean;
  /** A line that is there can be drawn over. */
  readonly redraws: boolean;
  readonly width: number;
  readonly colour: boolean;
  /** Block characters and the like can be drawn. */
  readonly unicode: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NARROWEST = 40;
const WIDEST = 120;

export function describeTerminal(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Environment = process.env,
  noColour = false,
): Terminal {
  const live = stream.isTTY === true;
  const dumb = environment.TERM === 'dumb';
  return {
    live,
    redraws: live && !dumb,
    width: Math.min(Math.max(stream.columns || 80, NARROWEST), WIDEST),
    colour: live && !dumb && !noColour && !environment.NO_COLOR,
    unicode: !dumb && speaksUnicode(environment),
  };
}

/** A locale that says nothing is trusted (containers set none); one that names another encoding is believed. */
function speaksUnicode(environment: Environment): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG;
  if (!locale || /utf-?8/i.test(locale)) return true;
  return !/^(C|POSIX)$/.test(locale) && !locale.includes('.');
}
