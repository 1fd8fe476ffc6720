import { wrapText } from './text.js';

/** A text broken to the width, for behind a label that takes `column` cells: its further lines stand under its first. */
export function hangText(text: string, width: number, column: number): string {
  const label = `${'_'.repeat(column - 1)} `;
  return wrapText(label + text, Math.max(column + 30, width), ' '.repeat(column)).slice(column);
}
