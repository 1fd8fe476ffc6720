import type { Rule } from './rule.js';
import { stopsOnAbort } from './rules/abort.js';
import { archiveAbsent, archiveMismatch, archivePeriod, archiveWhole } from './rules/archive.js';
import { errorsAreCoded, errorsAreRight, failureIsNotEmpty } from './rules/failures.js';
import { noGlobals } from './rules/globals.js';
import { pureInstrument, refusesGarbage } from './rules/instrument.js';
import { answers, ascending, end, grid, milliseconds, once, start } from './rules/known.js';
import { limits } from './rules/limits.js';
import { firstBar, listings, probe } from './rules/members.js';
import { nullIsNotZero } from './rules/null-price.js';
import { adjacency, closedOnly, nothingIsEmpty, repeatable } from './rules/ranges.js';
import { secrets } from './rules/secrets.js';
import { capabilities, defaults, samples, shape } from './rules/shape.js';
import { unknownSymbol } from './rules/unknown.js';
import { values } from './rules/values.js';

/** In the order they are tried: what is cheap and what the others need comes first. */
export const RULES: readonly Rule[] = [
  ...[shape, defaults, capabilities, samples, pureInstrument, refusesGarbage, probe],
  ...[answers, milliseconds, ascending, once, start, end, grid, values],
  ...[repeatable, adjacency, closedOnly, nothingIsEmpty, unknownSymbol],
  ...[failureIsNotEmpty, errorsAreCoded, errorsAreRight, nullIsNotZero],
  ...[stopsOnAbort, limits, secrets, noGlobals, listings, firstBar],
  ...[archivePeriod, archiveAbsent, archiveMismatch, archiveWhole],
];
