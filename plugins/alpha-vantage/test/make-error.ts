import type { ErrorDetails } from '../../../src/provider/index.js';

export function makeError(code: string, message: string, details: ErrorDetails = {}): Error {
  return Object.assign(new Error(message), { code, ...details });
}
