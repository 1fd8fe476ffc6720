const BREAK = /^[=:@]+$/;

/** bash breaks words at `=`, `:` and `@` too: `--symbols=BTC` comes as three pieces. Other shells' words stay whole. */
export function joinPieces(pieces: readonly string[]): string[] {
  const words: string[] = [];
  let broken = false;
  for (const piece of pieces) {
    const breaks = BREAK.test(piece);
    if (words.length > 0 && (breaks || broken)) words.push(`${words.pop()}${piece}`);
    else words.push(piece);
    broken = breaks;
  }
  return words;
}
