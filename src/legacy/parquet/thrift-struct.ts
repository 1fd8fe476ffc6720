/** What a struct in Thrift's compact spelling holds, by the numbers of its fields; texts are passed over. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;
export type ThriftValue = number | boolean | undefined | ThriftStruct | readonly ThriftValue[];

const DEEPEST = 16;

/**
 * Reads a struct and holds every count in it against the bytes that are left. hyparquet makes room for as many
 * elements as a list says it has before it looks for them; what was read here first it can be given.
 */
export function readThrift(bytes: Uint8Array, at: number): { readonly fields: ThriftStruct; readonly end: number } {
  const reader = new ThriftReader(bytes, at);
  return { fields: reader.struct(0), end: reader.at };
}

class ThriftReader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  struct(depth: number): ThriftStruct {
    if (depth > DEEPEST) throw new Error('its description lies in itself without end');
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      if ((head & 15) === 0) return fields;
      id = head >> 4 === 0 ? this.#signed() : id + (head >> 4);
      fields.set(id, this.#value(head & 15, depth));
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return type === 1;
      case 3:
        return this.#byte();
      case 4:
      case 5:
      case 6:
        return this.#signed();
      case 7:
        return this.#skip(8);
      case 8:
        return this.#skip(this.#unsigned());
      case 9:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new Error('its description holds what no description does');
    }
  }

  #list(depth: number): readonly ThriftValue[] {
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#unsigned() : head >> 4;
    // Every element takes a byte at least.
    if (count > this.bytes.length - this.at) throw new Error('a list in its description is longer than the file');
    const type = head & 15;
    return Array.from({ length: count }, () => (type <= 2 ? this.#byte() === 1 : this.#value(type, depth + 1)));
  }

  /** Exact to 2^53: nothing that is counted here is more. */
  #unsigned(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new Error('a number in its description has no end');
  }

  #signed(): number {
    const folded = this.#unsigned();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  #byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('its description is cut short');
    return byte;
  }

  #skip(length: number): undefined {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error('its description is cut short');
  }
}
