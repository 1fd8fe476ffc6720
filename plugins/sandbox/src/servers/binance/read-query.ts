import { Refusal } from './refusals.js';

const SYMBOL = '^[A-Z0-9-_.]{1,20}$';
const DIGITS = '^[0-9]{1,20}$';
/** Above this a number cannot be milliseconds. */
const MICROSECONDS = 1e14;

export interface Query {
  text(name: string): string | undefined;
  mandatory(name: string): string;
  symbol(): string;
  number(name: string): number | undefined;
  /** An instant in ms or µs, to the ms at or after it. */
  instant(name: string): number | undefined;
}

/** Their checks in their order: how many, which twice, which empty; then what each of them says. */
export function readQuery(params: URLSearchParams, known: readonly string[]): Query {
  const sent = [...params.keys()];
  if (new Set(sent).size < sent.length) throw new Refusal(-1101, 'Duplicate values for a parameter detected.');
  const read = sent.filter((name) => known.includes(name));
  if (read.length < sent.length) {
    throw new Refusal(
      -1104,
      `Not all sent parameters were read; read '${read.length}' parameter(s) but was sent '${sent.length}'.`,
    );
  }
  const empty = sent.find((name) => params.get(name) === '');
  if (empty !== undefined) throw new Refusal(-1105, `Parameter '${empty}' was empty.`);

  const text = (name: string): string | undefined => params.get(name) ?? undefined;
  const mandatory = (name: string): string => {
    const value = text(name);
    if (value !== undefined) return value;
    throw new Refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
  };
  const legal = (name: string, value: string, range: string): string => {
    if (new RegExp(range).test(value)) return value;
    throw new Refusal(-1100, `Illegal characters found in parameter '${name}'; legal range is '${range}'.`);
  };
  const number = (name: string): number | undefined => {
    const value = text(name);
    return value === undefined ? undefined : Number(legal(name, value, DIGITS));
  };
  return {
    text,
    mandatory,
    symbol: () => legal('symbol', mandatory('symbol'), SYMBOL),
    number,
    instant(name) {
      const value = number(name);
      return value !== undefined && value >= MICROSECONDS ? Math.ceil(value / 1000) : value;
    },
  };
}

/** `-1:00`, `05:45`, `8`: ms east of Greenwich. */
export function readZone(text: string | undefined): number {
  if (text === undefined) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d{1,2})(?::(\d{2}))?$/.exec(text) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (!(offset >= -720 && offset <= 840)) throw new Refusal(-1130, "Data sent for parameter 'timeZone' is not valid.");
  return offset * 60_000;
}
