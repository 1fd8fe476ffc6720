import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The guide for whoever writes a provider: each rule has a heading of its own there. */
const GUIDE = 'plugins/README.md';

/** Where the guide explains a rule: its file and line, or its address in the page where the file is not here. */
export function readGuide(almanacRoot: string): (rule: string) => string {
  const file = path.join(almanacRoot, GUIDE);
  const lines = readLines(file);
  return (rule) => {
    const at = lines.findIndex((line) => /^#+ `([a-z-]+)`$/.exec(line)?.[1] === rule);
    return at < 0 ? `${GUIDE}#${rule}` : `${file}:${at + 1}`;
  };
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return []; // an Almanac that was packed without it
  }
}
