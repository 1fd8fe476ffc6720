import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import type { SourceFile } from '../source-tree.js';
import { decodePage, type OpenPage, openPage } from './decode-page.js';
import { copyValues, kindOf } from './parquet-column.js';
import { listPages, type ParquetPage } from './parquet-pages.js';

/** A column of a row group, decoded a page at a time as its rows are asked for. */
export class ParquetChunk {
  readonly #element: SchemaElement;
  readonly #dictionary: readonly OpenPage[];
  readonly #pages: ParquetPage[];
  #values = new Float64Array(0);
  #taken = 0;

  private constructor(
    private readonly bytes: Uint8Array,
    private readonly named: SchemaElement,
    private readonly column: ColumnMetaData,
    rows: number,
  ) {
    this.#element = withoutTimestamp(named);
    const [first, ...rest] = listPages(bytes, rows, kindOf(named) === 'text' ? 'text' : 'number');
    this.#pages = first === undefined || first.kind === 'dictionary' ? rest : [first, ...rest];
    this.#dictionary = first?.kind === 'dictionary' ? [this.#open(first)] : [];
  }

  static async open(file: SourceFile, element: SchemaElement, column: ColumnMetaData, rows: number) {
    const [start, end] = rangeOf(column);
    const bytes = await file.read(start, end - start);
    if (bytes.length < end - start) throw new Error('it ended while it was read');
    return new ParquetChunk(bytes, element, column, rows);
  }

  async take(rows: number): Promise<Float64Array> {
    const out = new Float64Array(rows);
    for (let filled = 0; filled < rows; ) {
      if (this.#taken === this.#values.length) await this.#next();
      const part = this.#values.subarray(this.#taken, this.#taken + rows - filled);
      out.set(part, filled);
      filled += part.length;
      this.#taken += part.length;
    }
    return out;
  }

  async #next(): Promise<void> {
    const page = this.#pages.shift();
    if (page === undefined) throw new Error(`its column ${this.named.name} is shorter than it says`);
    this.#values = new Float64Array(page.values);
    this.#taken = 0;
    if (page.values === 0) return;
    const pages = [...this.#dictionary, this.#open(page)];
    copyValues(await decodePage(pages, this.#element, this.column.codec, page.values), this.named, this.#values, 0);
  }

  #open(page: ParquetPage): OpenPage {
    return openPage(this.bytes, page, { codec: this.column.codec, element: this.named });
  }
}

/** Where a column lies in the file. Some writers forget the dictionary before it, others say that it is at 0. */
export function rangeOf(column: ColumnMetaData): readonly [number, number] {
  const { dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: length } = column;
  const start = Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
  return [start, start + Number(length)];
}

/** So that 64-bit times arrive as they lie in the file, and not as a Date object a row. */
function withoutTimestamp(element: SchemaElement): SchemaElement {
  if (element.type !== 'INT64' || kindOf(element) === 'integer') return element;
  const { logical_type, converted_type, ...plain } = element;
  return plain;
}
