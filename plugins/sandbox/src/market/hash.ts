// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { imul } = Math;

/** Random access to randomness: the same two numbers always give the same 32 bits, in no order and with no memory. */
export function mix(key: number, index: number): number {
  let bits = imul(index ^ key, 0x9e3779b1) ^ imul(key, 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** From the 32 bits to [0, 1). */
export function toUnit(bits: number): number {
  return bits / 4_294_967_296;
}

/** A key for a name, so that two listings of one seed have nothing in common. */
export function keyOf(text: string, seed: number): number {
  let key = mix(0x51ed270b, seed | 0);
  for (let at = 0; at < text.length; at++) key = mix(key, text.charCodeAt(at));
  return key;
}
