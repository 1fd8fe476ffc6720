import type { Asked } from './read-line.js';

/**
 * What every shell takes for a plain word. A name from a disk can be anything, `$(rm -r ~)` too, and bash puts what it
 * is offered into the line as it is: what is not plain is not offered. Letters are those of any script.
 */
const PLAIN = /^[\p{L}\p{N}^][\p{L}\p{N}._=@:/^+-]*$/u;

/** Whole words for the place of the one that was begun. */
export function offerWords(names: readonly string[], { typed, kept, named }: Asked): string[] {
  return names
    .filter((name) => name.startsWith(typed) && PLAIN.test(name) && !named.includes(name))
    .map((name) => kept + name);
}
