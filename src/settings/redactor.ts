/** Replaces every secret, in every form it is likely to leave in, by a word. */
export type Redact = (text: string) => string;

const WORD = '[secret]';
/** Shorter values are found in innocent text all over; nobody's key is that short. */
const SHORTEST = 4;

/** The one list of what must never leave: logs, errors, JSON and files all pass through it. */
export class Redactor {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  add(secret: string): void {
    if (secret.length < SHORTEST) return;
    for (const form of formsOf(secret)) if (form.length >= SHORTEST) this.#forms.add(form);
    this.#pattern = undefined;
  }

  get isEmpty(): boolean {
    return this.#forms.size === 0;
  }

  /** Before anything is cut short: half a key would not be recognised. */
  readonly redact: Redact = (text) => {
    if (this.#forms.size === 0) return text;
    this.#pattern ??= new RegExp(
      [...this.#forms]
        .sort((a, b) => b.length - a.length)
        .map(escapePattern)
        .join('|'),
      'gi',
    );
    return text.replace(this.#pattern, WORD);
  };
}

function formsOf(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const form = new URLSearchParams([['k', secret]]).toString().slice(2);
  const bytes = Buffer.from(secret, 'utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  const path = encodeURI(secret);
  return [
    ...[secret, url, form, path, encodeURIComponent(url), json, json.replaceAll('/', '\\/')],
    ...[bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('latin1')],
    ...base64Inside(bytes),
  ];
}

/** Base64 of a longer text that holds the secret (`user:key`) shows its middle in one of three alignments. */
function base64Inside(bytes: Buffer): string[] {
  if (bytes.length < 8) return [];
  return [1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift + 1, -2);
  });
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
