import { parseSymbol } from '../../market/symbol.js';
import type { Fault } from './check-plain.js';
import type { Declaration } from './schema.js';
import { recognise } from './symbols.js';
import { variablesOf } from './template.js';

/** What is wrong between parts that are each right by themselves. */
export function findWholeFault(file: Declaration): Fault | undefined {
  for (const find of [findSecretFault, findPagingFault, findRequestFault, findTimeframeFault, findSampleFault]) {
    const fault = find(file);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A file may ask for its own keys only: any other variable is somebody else's secret, and would go to its host. */
function findSecretFault({ id, secrets = {} }: Declaration): Fault | undefined {
  const own = `ALMANAC_${id.toUpperCase().replaceAll('-', '_')}_`;
  for (const [option, { env }] of Object.entries(secrets)) {
    const at = env.findIndex((name) => !name.startsWith(own));
    if (at >= 0)
      return {
        at: `/secrets/${option}/env/${at}`,
        what: `must begin with ${own}: a file may ask for its own keys only; write ${own}KEY`,
      };
  }
  return undefined;
}

function findPagingFault({ paging, request }: Declaration): Fault | undefined {
  const used = usedBy(request);
  const says = (what: string): boolean => used.some((name) => name === what || name.startsWith(`${what}.`));
  const { style, cursor } = paging;
  if ((style === 'cursor') !== (cursor !== undefined))
    return { at: '/paging/cursor', what: 'belongs to "style": "cursor", and that style needs it' };
  if ((style === 'cursor') !== says('cursor'))
    return { at: '/request/query', what: 'must use {cursor} where "style" is "cursor", and only there' };
  if (style === 'forward' && !says('start'))
    return { at: '/request', what: 'must say where to start ({start.s}, {start.ms} or {start.iso}) to page forward' };
  if (style === 'backward' && !says('end'))
    return { at: '/request', what: 'must say where to end ({end.s}, {end.ms} or {end.iso}) to page backward' };
  return undefined;
}

function findRequestFault({ request, timeframes, secrets = {} }: Declaration): Fault | undefined {
  const used = usedBy(request);
  if (!used.includes('native') && !used.includes('base'))
    return { at: '/request', what: 'must say which symbol is asked for: {native}' };
  if (!used.includes('timeframe') && Object.keys(timeframes).length > 1)
    return { at: '/request', what: 'must say which timeframe is asked for, since there are several: {timeframe}' };
  if (variablesOf(request.path).includes('cursor'))
    return { at: '/request/path', what: 'has {cursor}, which belongs into request.query' };
  for (const [option, { query, header }] of Object.entries(secrets)) {
    const twice =
      (query !== undefined && Object.hasOwn(request.query ?? {}, query)) ||
      Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === header?.toLowerCase());
    if (twice)
      return { at: `/secrets/${option}`, what: 'goes where the request has something already; take that one out' };
  }
  return undefined;
}

function findTimeframeFault({ timeframes }: Declaration): Fault | undefined {
  if (Object.hasOwn(timeframes, '1mo') && timeframes['1mo']?.reach.bars !== undefined)
    return { at: '/timeframes/1mo/reach', what: 'counts bars, and months differ in length; write days or since' };
  return undefined;
}

function findSampleFault(file: Declaration): Fault | undefined {
  const { known, unknown } = file.samples;
  if (!Object.hasOwn(file.timeframes, known.timeframe))
    return { at: '/samples/known/timeframe', what: 'must be one of the timeframes above' };
  if (!(Date.parse(known.start) < Date.parse(known.end)))
    return { at: '/samples/known/end', what: 'must be later than the start' };
  for (const [at, symbol] of [['/samples/known/symbol', known.symbol] as const, ['/samples/unknown', unknown] as const])
    if (!isOwn(symbol, file))
      return { at, what: 'must be a symbol that the rules above take for one of its own (symbols.accept, market)' };
  return undefined;
}

function isOwn(symbol: string, file: Declaration): boolean {
  try {
    return recognise(parseSymbol(symbol), file) !== undefined;
  } catch {
    return false;
  }
}

function usedBy({ path, query = {} }: Declaration['request']): string[] {
  return [path, ...Object.values(query)].flatMap(variablesOf);
}
