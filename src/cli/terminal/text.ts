const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A name from a file or a folder must not move the cursor, change the title or hide itself. */
export function cleanText(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}

/** Terminal cells a text takes. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

export function padCells(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - cellWidth(text)));
  return align === 'left' ? text + space : space + text;
}

export function cutCells(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (cellWidth(cut) + cellWidth(character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Lines of at most `width` cells, broken at spaces; a word that is longer is broken where it must be. */
export function foldCells(text: string, width: number): string[] {
  return wrapText(text, width)
    .split('\n')
    .flatMap((line) => {
      const pieces: string[] = [''];
      for (const character of line) {
        if (cellWidth(pieces.at(-1) as string) + cellWidth(character) > width) pieces.push('');
        pieces[pieces.length - 1] += character;
      }
      return pieces;
    });
}

/** Breaks at spaces only: a path or a command stays in one piece, to be copied. */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const room = lines.length === 0 ? width : width - indent.length;
      if (line !== '' && cellWidth(line) + 1 + cellWidth(word) > room) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.join(`\n${indent}`);
}
