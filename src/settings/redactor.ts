/** Replaces every secret, in every form it is likely to leave in, by a word. */
export type Redact = (text: string) => string;

const WORD = '[secret]';
/** Shorter values are found in innocent text all over; nobody's key is that short. */
const SHORTEST = 4;
/** And digits are found in prices, counts and hashes: a short number is an id, such as Deriv's public `1089`. */
const NUMBER = /^\d{1,9}$/;
/** So much of the beginning of a long secret gives it away: somebody may have cut the text before it came here. */
const TELLING = 8;
const LONG = 12;

/** The one list of what must never leave: logs, errors, JSON and files all pass through it. */
export class Redactor {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  add(secret: string): void {
    if (secret.length < SHORTEST || NUMBER.test(secret)) return;
    for (const form of formsOf(secret)) if (form.length >= SHORTEST) this.#forms.add(form);
    this.#pattern = undefined;
  }

  get isEmpty(): boolean {
    return this.#forms.size === 0;
  }

  readonly redact: Redact = (text) => {
    if (this.#forms.size === 0) return text;
    this.#pattern ??= new RegExp([...this.#forms].sort(byLength).map(escapePattern).join('|'), 'gi');
    // Whole ones first: a beginning would leave the rest of them standing.
    return redactBeginnings(text.replace(this.#pattern, WORD), this.#forms);
  };
}

const byLength = (a: string, b: string): number => b.length - a.length;

/** What is left of a secret where somebody cut the text before it came here. */
function redactBeginnings(text: string, forms: Iterable<string>): string {
  let left = text;
  for (const form of forms) {
    if (form.length < LONG) continue;
    const head = form.slice(0, TELLING);
    for (let at = left.indexOf(head); at >= 0; at = left.indexOf(head, at + WORD.length)) {
      let end = TELLING;
      while (end < form.length && left[at + end] === form[end]) end++;
      left = left.slice(0, at) + WORD + left.slice(at + end);
    }
  }
  return left;
}

function formsOf(secret: string): string[] {
  // Half a character, which no encoding has, would make `encodeURIComponent` throw.
  const whole = secret.toWellFormed();
  const url = encodeURIComponent(whole);
  const form = new URLSearchParams([['k', whole]]).toString().slice(2);
  const bytes = Buffer.from(whole, 'utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  const path = encodeURI(whole);
  // As `new URL` leaves it where somebody put it into a query by hand.
  const raw = path.replaceAll('%25', '%').replaceAll('%5B', '[').replaceAll('%5D', ']');
  const written = [url, path, raw].flatMap((each) => [each, each.replaceAll("'", '%27')]);
  return [
    ...[secret, whole, form, ...written, encodeURIComponent(url), encodeURIComponent(form)],
    ...[json, json.replaceAll('/', '\\/'), escapeAscii(json)],
    ...[bytes.toString('hex'), bytes.toString('latin1')],
    ...base64Of(bytes),
  ];
}

/** JSON as programs write it that trust nobody with more than ASCII. */
function escapeAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Base64 of the secret, and what is always the same in base64 of a longer text that holds it (`user:key`): it begins
 * at the first, second or third of three bytes, and only characters made of nothing but its own bits are certain.
 */
function base64Of(bytes: Buffer): string[] {
  const inside = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [bytes.toString('base64'), ...inside].flatMap((each) => [
    each,
    each.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    encodeURIComponent(each),
  ]);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
