/**
 * Whether a name fits a pattern in which `*` stands for anything, and everything else for itself. Each piece is looked
 * for where it first occurs, so that no pattern takes longer than it is long: patterns come from people's files.
 */
export function matchGlob(pattern: string, name: string): boolean {
  const [head = '', ...pieces] = pattern.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return pattern === name;
  if (!name.startsWith(head)) return false;
  let at = head.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}
