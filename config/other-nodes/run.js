#!/usr/bin/env node
/**
 * The program, the demo and the store's tests under the Nodes that are promised and are not this one. npm brings them.
 * Without npm's registry there is nothing to run: a failure, unless --optional lets it pass as SKIPPED.
 */
import { parseArgs } from 'node:util';
import { bringNode } from './bring-node.js';
import { CHECKS, runCheck } from './checks.js';

/** The oldest we promise, for what only a later Node would have; and the later majors, with the store's tests too. */
const NODES = [
  { wanted: '20.12.0', checks: CHECKS.filter(({ words }) => !words.includes('test/store')) },
  { wanted: '22', checks: CHECKS },
  { wanted: '24', checks: CHECKS },
];
const { values } = parseArgs({ options: { optional: { type: 'boolean', default: false } } });
const columns = ['Node', ...CHECKS.map(({ name }) => name)];
let failed = false;
// Side by side: much of what they do is waiting.
const rows = await Promise.all(NODES.map((node) => ({ ...node, ...bringNode(node.wanted) })).map(tryNode));
const widths = columns.map((column, c) => Math.max(column.length, ...rows.map((row) => row[c].length)));
for (const row of [columns, ...rows])
  say(
    row
      .map((cell, c) => cell.padEnd(widths[c]))
      .join('  ')
      .trimEnd(),
  );
process.exitCode = failed ? 1 : 0;

/** A row of the table: the version, then how each check went. */
async function tryNode({ wanted, checks, program, version, missing }) {
  if (missing !== undefined) {
    say(`${missing}.`);
    failed ||= !values.optional;
    return [wanted, ...CHECKS.map(() => (values.optional ? 'SKIPPED' : 'not run'))];
  }
  const cells = [];
  for (const check of CHECKS) {
    if (!checks.includes(check)) {
      cells.push('not run');
      continue;
    }
    const { wrong, seconds, said } = await runCheck(program, check);
    cells.push(`${wrong === undefined ? 'passed' : 'FAILED'} ${seconds.toFixed(1)} s`);
    if (wrong === undefined) continue;
    failed = true;
    say(`${version}, ${check.name}: ${wrong}\n${said.slice(-30_000)}\n`);
  }
  return [version, ...cells];
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
