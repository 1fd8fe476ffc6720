import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../docs/PERFORMANCE.md', import.meta.url);
const BEGIN = '<!-- bench: what stands between these marks is written by `npm run bench -- --write` -->';
const END = '<!-- /bench -->';

/** Puts these lines in place of the last run's; what people wrote around them stays. */
export function writePage(lines, file = PAGE) {
  const page = readFileSync(file, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has lost its marks: ${BEGIN} … ${END}`);
  const run = ['', '', '```text', ...lines.join('\n').trim().split('\n'), '```', '', ''].join('\n');
  writeFileSync(file, page.slice(0, from + BEGIN.length) + run + page.slice(to));
}
