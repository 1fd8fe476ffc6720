/** What a request's path and parameters may say; `cursor` is where the last page said the next one is. */
export const REQUEST_VARIABLES = [
  ...['native', 'base', 'quote', 'timeframe', 'limit', 'cursor'],
  ...['start.s', 'start.ms', 'start.iso', 'end.s', 'end.ms', 'end.iso'],
] as const;
/** What a symbol is made of. */
export const SYMBOL_VARIABLES = ['base', 'quote', 'ticker'] as const;
export const ECHO_VARIABLES = [...SYMBOL_VARIABLES, 'native'] as const;

export type Values = Readonly<Record<string, string | undefined>>;

const VARIABLE = /\{([^{}]*)\}/g;

/** What keeps a text from being a template, as it continues a sentence. */
export function findTemplateFault(text: string, known: readonly string[]): string | undefined {
  if (text === '' || text.length > 300) return 'must have 1 to 300 characters';
  for (const [whole, name] of text.matchAll(VARIABLE))
    if (!known.includes(name as string))
      return `has ${whole}, which is no variable; there are ${known.map((each) => `{${each}}`).join(' ')}`;
  return /[{}]/.test(text.replaceAll(VARIABLE, '')) ? 'has a brace without its other half' : undefined;
}

/** What keeps a text from being the form of a symbol: a ticker, or a base and what it is counted in. */
export function findFormFault(text: string): string | undefined {
  const fault = findTemplateFault(text, SYMBOL_VARIABLES);
  if (fault !== undefined) return fault;
  return /^[^{}]*(\{ticker\}|\{base\}[^{}]*\{quote\}|\{base\})[^{}]*$/.test(text)
    ? undefined
    : 'must be "{ticker}", or "{base}" with "{quote}" after it, with plain text between';
}

export function variablesOf(template: string): string[] {
  return [...template.matchAll(VARIABLE)].map(([, name]) => name as string);
}

/** The text with its variables filled in; undefined where one of them has no value here. */
export function fillTemplate(template: string, values: Values): string | undefined {
  let whole = true;
  const text = template.replaceAll(VARIABLE, (_, name: string) => {
    const value = values[name];
    if (value === undefined) whole = false;
    return value ?? '';
  });
  return whole ? text : undefined;
}
