/**
 * An error's code and words without what hangs on it: axios' errors carry the whole request, keys included, and
 * whoever prints a cause would print them.
 */
export function plainCause(error: unknown): Error {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
  };
  const plain = new Error(typeof message === 'string' ? message.split('\n', 1)[0] : 'unknown');
  return code === undefined ? plain : Object.assign(plain, { code });
}
