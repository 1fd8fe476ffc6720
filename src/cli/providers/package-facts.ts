import { DAY } from '../../market/timeframe.js';
import { formatMoment } from '../terminal/format.js';
import { hangText } from '../terminal/hang-text.js';
import { createPaint } from '../terminal/paint.js';
import type { Terminal } from '../terminal/terminal.js';
import { cleanText } from '../terminal/text.js';

/** What is shown of a package before it is let in. */
export interface ShownPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly source: string;
  readonly publisher?: string;
  readonly publishedAt?: number;
  readonly attested: boolean;
  readonly dependencies: readonly string[];
  readonly scripts: readonly string[];
  readonly hosts: readonly string[];
  readonly secrets: readonly string[];
  /** A provider that ships and stands aside for it. */
  readonly replaces?: string;
}

const LABEL = 13;
const WIDEST = 80;

export const WARNING =
  'A plugin is code that runs with your rights: it can read your files and your keys. Whom it asks and what it needs is its own word.';

/** Everything a person has to go by, a fact a line. */
export function renderPackage(shown: ShownPackage, now: number, terminal: Terminal): string[] {
  const { bold, dim } = createPaint(terminal.colour);
  const width = Math.min(WIDEST, terminal.width);
  const facts: readonly (readonly [string, string])[] = [
    ['from', shown.source],
    ['publisher', describePublisher(shown)],
    ['released', describeRelease(shown.publishedAt, now)],
    ['depends on', describeList(shown.dependencies, 'package')],
    ['asks', shown.hosts.join(', ') || 'declares no host'],
    ['secrets', shown.secrets.join(', ') || 'declares none'],
    ...(shown.replaces === undefined
      ? []
      : [['replaces', `${shown.replaces}, which ships with Almanac: this one is asked in its place`] as const]),
    ...(shown.scripts.length === 0
      ? []
      : [['scripts', `${shown.scripts.join(', ')}: not run by Almanac, ever`] as const]),
  ];
  return [
    `${bold(cleanText(shown.name))} ${cleanText(shown.version)}`,
    ...facts.flatMap(([label, text]) => {
      const [first = '', ...rest] = hangText(cleanText(text), width, LABEL).split('\n');
      return [`  ${dim(label.padEnd(LABEL - 2))}${first}`, ...rest];
    }),
    // In one piece, however narrow the terminal: it is there to be copied.
    `  ${dim('integrity'.padEnd(LABEL - 2))}${cleanText(shown.integrity)}`,
  ];
}

function describePublisher({ publisher, attested }: ShownPackage): string {
  if (publisher === undefined) return 'unknown: nothing vouches for it';
  return attested ? `${publisher}; npm has a signed statement of where it was built` : publisher;
}

function describeRelease(at: number | undefined, now: number): string {
  if (at === undefined) return 'unknown';
  const days = Math.floor((now - at) / DAY);
  const age =
    days < 1 ? 'today' : days === 1 ? 'a day ago' : days < 730 ? `${days} days ago` : `${yearsIn(days)} years`;
  return `${formatMoment(Math.floor(at / DAY) * DAY)}, ${age}${days < 730 ? '' : ' ago'}`;
}

function yearsIn(days: number): number {
  return Math.floor(days / 365.25);
}

function describeList(names: readonly string[], what: string): string {
  if (names.length === 0) return `no other ${what}`;
  return `${names.length} ${what}${names.length === 1 ? '' : 's'}: ${names.join(', ')}`;
}
