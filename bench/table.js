const WIDTH = 80;

/** One group: Almanac's row first, and how many times as long each of the others took. */
export function drawGroup({ title, rows, note }) {
  const base = rows[0].ms;
  const lines = [heading(title)];
  for (const { name, ms } of rows) lines.push(ms === undefined ? `  ${name}` : line(name, ms, ms / base));
  if (note !== undefined) lines.push(`  ${note}`);
  return lines.join('\n');
}

function heading(title) {
  return `\n${title.padEnd(WIDTH - 20)}${'ms'.padStart(10)}${'×'.padStart(10)}`;
}

function line(name, ms, ratio) {
  return `  ${name.padEnd(WIDTH - 22)}${figure(ms).padStart(10)}${figure(ratio).padStart(10)}`;
}

export function drawAims(aims) {
  const lines = aims.map(({ what, limit, value }) => {
    const verdict = value === undefined ? 'not measured' : limit.holds(value) ? 'met' : 'missed';
    const shown = value === undefined ? '' : figure(value);
    return `  ${what.padEnd(WIDTH - 24)}${shown.padStart(9)}  ${verdict}`;
  });
  return ['\nAims', ...lines].join('\n');
}

export const atMost = (most) => ({ holds: (value) => value <= most });
export const atLeast = (least) => ({ holds: (value) => value >= least });

function figure(value) {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
