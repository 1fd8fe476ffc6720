import { formatCount, formatMoment } from '../terminal/format.js';
import { cleanText } from '../terminal/text.js';

interface Summary {
  readonly delimiter: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly ignoredColumns: readonly string[];
  readonly header: boolean;
  readonly zone: string;
  readonly zoneAssumed: boolean;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly refused: readonly {
    readonly meaning: string;
    readonly count: number;
    readonly examples: readonly { readonly line: number; readonly text: string }[];
  }[];
  readonly put: { readonly added: number; readonly replaced: number; readonly conflicts: number } | undefined;
}

/** What an import read, took and refused, for a person. */
export function describeImport(summary: Summary, into: string, force: boolean): string[] {
  const { accepted, rowsRead, first, last } = summary;
  const reach =
    first === undefined || last === undefined ? '' : `, ${formatMoment(first)} to ${formatMoment(last)} UTC`;
  return [
    `${into}: ${formatCount(accepted)} of ${formatCount(rowsRead)} rows accepted${reach}`,
    `  ${summary.header ? describeColumns(summary.columns) : 'no header: time, open, high, low, close, volume assumed'}`,
    ...(summary.ignoredColumns.length === 0
      ? []
      : [`  not taken: ${summary.ignoredColumns.map(cleanText).join(', ')}`]),
    ...(summary.zoneAssumed ? ['  the times name no zone; UTC is assumed (--tz ZONE says otherwise)'] : []),
    ...describePut(summary, force),
    ...summary.refused.flatMap(({ meaning, count, examples }) => [
      `  ${formatCount(count)} refused: ${meaning}`,
      ...examples.map(({ line, text }) => `    line ${line}: ${cleanText(text)}`),
    ]),
  ];
}

function describeColumns(columns: Readonly<Record<string, string>>): string {
  const renamed = Object.entries(columns).map(([name, from]) =>
    name === from.toLowerCase() ? name : `${name} from ${cleanText(from)}`,
  );
  return renamed.join(', ');
}

function describePut({ put, accepted }: Summary, force: boolean): string[] {
  if (put === undefined) return accepted === 0 ? ['  nothing was stored'] : ['  a dry run: nothing was stored'];
  const { added, replaced, conflicts } = put;
  const same = accepted - added - conflicts;
  const parts = [`${formatCount(added)} added`];
  if (same > 0) parts.push(`${formatCount(same)} there already`);
  if (replaced > 0) parts.push(`${formatCount(replaced)} replaced`);
  else if (conflicts > 0 && !force)
    parts.push(`${formatCount(conflicts)} differ from what is there, which stays (--force lets the file win)`);
  return [`  ${parts.join(', ')}`];
}
