const SPACE = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;

/**
 * Where a text stops being JSON. What `JSON.parse` says of that is another sentence in every Node, with a position in
 * some, and with a piece of the text, which may be a key.
 */
export function findJsonFault(text: string): number {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  const takeMark = (mark: string): boolean => {
    take(SPACE);
    if (text[at] !== mark) return false;
    at++;
    return true;
  };
  const takeList = (close: string, takeItem: () => boolean): boolean => {
    if (takeMark(close)) return true;
    do if (!takeItem()) return false;
    while (takeMark(','));
    return takeMark(close);
  };
  const takeMember = (): boolean => takeString() && takeMark(':') && takeValue();
  const takeString = (): boolean => {
    take(SPACE);
    return take(STRING);
  };
  const takeValue = (): boolean => {
    take(SPACE);
    if (takeMark('{')) return takeList('}', takeMember);
    if (takeMark('[')) return takeList(']', takeValue);
    return take(STRING) || take(SCALAR);
  };
  if (takeValue()) take(SPACE);
  return at;
}
