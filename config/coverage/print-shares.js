import path from 'node:path';

const MOST_FILES = 20;
const MOST_LINES = 12;

/** A line for each folder, then the files with the most left; the share of all is given back, in per cent. */
export function printShares(files) {
  const shares = new Map();
  const whole = { lines: 0, missed: 0 };
  for (const { file, lines, missed } of files) {
    const name = path.dirname(file).split(path.sep).slice(0, 2).join('/');
    const share = shares.get(name) ?? { lines: 0, missed: 0 };
    shares.set(name, share);
    for (const sum of [share, whole]) {
      sum.lines += lines;
      sum.missed += missed.length;
    }
  }
  for (const [name, share] of [...shares, ['all', whole]]) {
    const run = String(share.lines - share.missed).padStart(6);
    const lines = String(share.lines).padStart(6);
    process.stdout.write(`${name.padEnd(18)}${run} of ${lines} lines ${percentOf(share).toFixed(1).padStart(6)} %\n`);
  }
  process.stdout.write('\nWhere the most is left:\n');
  const left = files.filter(({ missed }) => missed.length > 0).sort((a, b) => b.missed.length - a.missed.length);
  for (const { file, lines, missed } of left.slice(0, MOST_FILES)) {
    const some = `${missed.slice(0, MOST_LINES).join(' ')}${missed.length > MOST_LINES ? ' …' : ''}`;
    process.stdout.write(`  ${file}: ${missed.length} of ${lines}, lines ${some}\n`);
  }
  return percentOf(whole);
}

function percentOf({ lines, missed }) {
  return ((lines - missed) / lines) * 100;
}
