/** A letter for a letter, so that what was aligned stays aligned. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ '’': "'", '‘': "'", '“': '"', '”': '"', '·': '-', '×': 'x', '…': '~', '–': '-', '—': '-', '−': '-' },
  ...{ '│': '|', '─': '-', '→': '>', '±': '~', '≥': '>', '≤': '<' },
};
const KNOWN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** Our sentences for a terminal that shows no more than ASCII; names and data are left as they are. */
export function plainPunctuation(text: string): string {
  return text.replace(KNOWN, (letter) => PLAIN[letter] as string);
}
