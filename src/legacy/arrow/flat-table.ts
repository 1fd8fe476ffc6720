/** A table of a FlatBuffer, every place of which is held against the bytes there are: a DataView throws beyond them. */
export class FlatTable {
  private constructor(
    readonly view: DataView,
    private readonly at: number,
  ) {}

  static rootOf(view: DataView): FlatTable {
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(slot: number): number {
    const at = this.#find(slot);
    return at === undefined ? 0 : this.view.getUint8(at);
  }

  long(slot: number): bigint {
    const at = this.#find(slot);
    return at === undefined ? 0n : this.view.getBigInt64(at, true);
  }

  table(slot: number): FlatTable | undefined {
    const at = this.#find(slot);
    return at === undefined ? undefined : new FlatTable(this.view, at + this.view.getUint32(at, true));
  }

  tables(slot: number): FlatTable[] {
    return this.list(slot, 4).map((at) => new FlatTable(this.view, at + this.view.getUint32(at, true)));
  }

  /** Where the list's elements begin, each of so many bytes; throws where they do not fit. */
  list(slot: number, size: number): number[] {
    const at = this.#find(slot);
    if (at === undefined) return [];
    const start = at + this.view.getUint32(at, true);
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * size > this.view.byteLength) throw new Error('a list in it is longer than the file says');
    return Array.from({ length }, (_, i) => start + 4 + i * size);
  }

  /** Undefined where the writer left the default. */
  #find(slot: number): number | undefined {
    const vtable = this.at - this.view.getInt32(this.at, true);
    if (4 + 2 * slot >= this.view.getUint16(vtable, true)) return undefined;
    const offset = this.view.getUint16(vtable + 4 + 2 * slot, true);
    return offset === 0 ? undefined : this.at + offset;
  }
}
