import type { Schema } from '../../../provider/index.js';
import type { MakeHostError } from '../host-error.js';

/** A value of the schema's shape, or MALFORMED: what is not JSON may have been cut and is worth another try. */
export async function parseJson<T>(text: string, schema: Schema<T>, host: string, error: MakeHostError): Promise<T> {
  if (isHeavy(text)) throw error('MALFORMED', `${host} sent JSON of far more parts than any answer has`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw error('MALFORMED', `${host} sent what is not JSON: ${glimpse(text)}`, { cause, transient: true });
  }
  return checkShape(value, schema, host, error);
}

async function checkShape<T>(value: unknown, schema: Schema<T>, host: string, error: MakeHostError): Promise<T> {
  const result = await schema['~standard'].validate(value);
  if (result.issues === undefined) return result.value;
  const [issue] = result.issues;
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  throw error(
    'MALFORMED',
    `${host} sent JSON of another shape${path ? ` at ${path}` : ''}: ${issue?.message ?? 'unreadable'}`,
  );
}

const LIGHT = 1024 * 1024;
const MOST_CONTAINERS = 500_000;
const MOST_VALUES = 4_000_000;
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/** Three bytes of text can cost sixty of memory: `[{},{},…` is counted before it is built. */
function isHeavy(text: string): boolean {
  if (text.length < LIGHT) return false;
  let containers = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COMMA) values++;
    else if (unit === BRACKET || unit === BRACE) containers++;
  }
  return containers > MOST_CONTAINERS || values > MOST_VALUES;
}

/** Above this it is data that was cut, and was not looked through for secrets. */
const LONGEST_SHOWN = 64 * 1024;

/** The first words, for a person to recognise a login page or a firewall by. */
function glimpse(text: string): string {
  if (text.length > LONGEST_SHOWN) return `${text.length} characters of something else`;
  const words = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (words === '') return 'nothing at all';
  return `“${words.slice(0, 60)}${words.length > 60 ? '…' : ''}”`;
}
