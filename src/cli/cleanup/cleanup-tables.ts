import { fitLine } from '../terminal/fit-line.js';
import { formatBytes, formatCount, formatMoment } from '../terminal/format.js';
import { hangText } from '../terminal/hang-text.js';
import { createPaint } from '../terminal/paint.js';
import { renderTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import { cellWidth, cleanText, padCells } from '../terminal/text.js';
import type { CleanupFacts, FindingFacts, QuarantineFacts } from './cleanup.js';

const SHOWN = 5;
/** Where what is done begins, behind a mark, a check and a number. */
const HEADING = 2 + 12 + 1 + 6 + 2;

/** What acting on a finding does, for a person. */
const DOES: Readonly<Record<string, string>> = {
  salvage: 'the sound blocks are kept, the damaged file goes to quarantine',
  rebuild: 'it is made anew',
  'roll-forward': 'what was begun is finished',
  quarantine: 'it is moved to quarantine',
  sweep: 'it is removed: it was never published',
  none: 'only reported',
};
const WORST = ['salvage', 'rebuild', 'quarantine', 'roll-forward', 'sweep', 'none'];
/** Faults that are nobody's to mend come before what is merely not ours. */
const LAST = ['foreign'];

/** Findings by check, the worst first: a heading with their number and what is done, and some of them under it. */
export function renderCleanup(facts: CleanupFacts, terminal: Terminal): string[] {
  const { findings, report } = facts;
  if (!terminal.live) return renderPlain(findings, report?.quarantine ?? []);
  const paint = createPaint(terminal.colour);
  const lines: string[] = [];
  for (const [check, group] of groupsOf(findings)) {
    const { action } = group[0] as FindingFacts;
    const mark = action === 'none' ? paint.yellow('!') : paint.red(terminal.unicode ? '✗' : 'x');
    const title = `${padCells(check, 12)} ${padCells(formatCount(group.length), 6, 'right')}`;
    const does = hangText(DOES[action] ?? action, terminal.width, HEADING)
      .split('\n')
      .map(paint.dim);
    lines.push(`${mark} ${paint.bold(title)}  ${does.join('\n')}`);
    const width = Math.min(44, Math.max(...group.slice(0, SHOWN).map(({ path }) => path.length)));
    for (const { path, detail } of group.slice(0, SHOWN)) {
      const line = `  ${padCells(shortenPath(cleanText(path), width), width)}  ${cleanText(detail)}`;
      if (cellWidth(line) <= terminal.width) lines.push(line);
      else lines.push(`  ${cleanText(path)}`, fitLine(`    ${cleanText(detail)}`, terminal));
    }
    if (group.length > SHOWN) lines.push(paint.dim(`  and ${formatCount(group.length - SHOWN)} more`));
  }
  if (report !== undefined && report.quarantine.length > 0) {
    if (lines.length > 0) lines.push('');
    lines.push(paint.bold('In quarantine'), ...renderQuarantine(report.quarantine, terminal));
  }
  return lines;
}

/** The end of a path says which file it is. */
function shortenPath(path: string, width: number): string {
  return path.length <= width ? path : `…${path.slice(path.length - width + 1)}`;
}

function renderPlain(findings: readonly FindingFacts[], quarantine: readonly QuarantineFacts[]): string[] {
  const columns = ['ID', 'CHECK', 'ACTION', 'PATH', 'DETAIL'].map((title) => ({ title }));
  const found = groupsOf(findings).flatMap(([, group]) => group);
  const rows = [
    ...found.map(({ id, check, action, path, detail }) => [id, check, action, path, detail]),
    ...quarantine.map(({ id, from, reason, restorable }) => {
      return [id, 'in-quarantine', restorable ? 'restore' : 'none', from, reason];
    }),
  ];
  return renderTable(columns, rows, { live: false, width: 0 });
}

export function renderQuarantine(items: readonly QuarantineFacts[], terminal: Terminal): string[] {
  const columns = [
    { title: 'ID' },
    { title: 'SINCE', drop: 2 },
    { title: 'FROM', shrinkTo: 8 },
    { title: 'SIZE', align: 'right' as const },
    { title: 'WHY', shrinkTo: 12, wrap: true, drop: 1 },
  ];
  const rows = items.map(({ id, at, from, bytes, reason }) => [
    id,
    formatMoment(Date.parse(at)),
    from,
    formatBytes(bytes),
    reason,
  ]);
  const plain = items.map(({ id, at, from, bytes, reason }) => [id, at, from, String(bytes), reason]);
  return renderTable(columns, rows, terminal, plain);
}

function groupsOf(findings: readonly FindingFacts[]): [string, FindingFacts[]][] {
  const groups = new Map<string, FindingFacts[]>();
  for (const finding of findings) {
    const key = `${finding.check}\0${finding.action}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const rank = ({ check, action }: FindingFacts): number => WORST.indexOf(action) + (LAST.includes(check) ? 10 : 0);
  return [...groups.values()]
    .sort((a, b) => rank(a[0] as FindingFacts) - rank(b[0] as FindingFacts) || b.length - a.length)
    .map((group) => [(group[0] as FindingFacts).check, group]);
}
