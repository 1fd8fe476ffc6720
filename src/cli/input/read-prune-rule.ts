import { type Age, instantBefore } from '../../market/age.js';
import { AlmanacError } from '../../market/almanac-error.js';
import { readAge } from './read-age.js';
import { readSize } from './read-size.js';

interface PruneFlags {
  readonly 'older-than'?: string | undefined;
  readonly 'keep-last'?: string | undefined;
  readonly 'max-size'?: string | undefined;
  readonly symbols?: readonly string[] | undefined;
  readonly intervals?: readonly string[] | undefined;
}

export type PruneRule =
  | { readonly kind: 'older-than'; readonly before: number }
  | { readonly kind: 'keep-last'; readonly age: Age }
  | { readonly kind: 'max-size'; readonly bytes: number };

const RULES = ['older-than', 'keep-last', 'max-size'] as const;

/** Exactly one of the three, and the flags as they were typed. */
export function readPruneRule(flags: PruneFlags, now: number): { readonly rule: PruneRule; readonly words: string } {
  const named = RULES.filter((name) => flags[name] !== undefined);
  const [kind, other] = named;
  if (kind === undefined || other !== undefined)
    throw new AlmanacError(
      'USAGE',
      `prune wants one of --older-than, --keep-last and --max-size${other === undefined ? '' : ', not several'}`,
      {
        suggestions: ['almanac cache prune --older-than 2y --dry-run'],
      },
    );
  const text = flags[kind] as string;
  const lists = (['symbols', 'intervals'] as const).flatMap((name) =>
    flags[name]?.length ? [`--${name} ${flags[name]?.map(quote).join(',')}`] : [],
  );
  return { rule: ruleOf(kind, text, now), words: [`--${kind} ${text}`, ...lists].join(' ') };
}

function ruleOf(kind: PruneRule['kind'], text: string, now: number): PruneRule {
  if (kind === 'max-size') return { kind, bytes: readSize('--max-size', text) };
  const age = readAge(`--${kind}`, text);
  return kind === 'older-than' ? { kind, before: instantBefore(now, age) } : { kind, age };
}

/** A star would be the shell's. */
function quote(name: string): string {
  return name.includes('*') ? `'${name}'` : name;
}
