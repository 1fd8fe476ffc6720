import type { Schema } from '../../provider/index.js';
import type { MakeHostError } from './host-error.js';

/** A value of the schema's shape, or MALFORMED: what is not JSON may have been cut and is worth another try. */
export async function parseJson<T>(text: string, schema: Schema<T>, host: string, error: MakeHostError): Promise<T> {
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

/** Above this it is data that was cut, and was not looked through for secrets. */
const LONGEST_SHOWN = 64 * 1024;

/** The first words, for a person to recognise a login page or a firewall by. */
function glimpse(text: string): string {
  if (text.length > LONGEST_SHOWN) return `${text.length} characters of something else`;
  const words = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (words === '') return 'nothing at all';
  return `“${words.slice(0, 60)}${words.length > 60 ? '…' : ''}”`;
}
