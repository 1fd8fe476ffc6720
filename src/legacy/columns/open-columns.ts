import { LegacyError, type Magic, type Refused } from '../reader.js';
import type { SourceFile } from '../source-tree.js';
import type { ColumnFile } from './column-file.js';

export function isColumnar(magic: Magic): magic is 'arrow' | 'parquet' {
  return magic === 'arrow' || magic === 'parquet';
}

/** By what its first bytes are: `.arrow` files that are Parquet are common. The decoders load slowly, so only here. */
export async function openColumns(file: SourceFile): Promise<ColumnFile> {
  const [first] = await file.read(0, 1);
  try {
    if (first === 0x50) return guard(await (await import('../parquet/read-parquet.js')).openParquet(file));
    return guard(await (await import('../arrow/read-arrow.js')).openArrow(file));
  } catch (error) {
    throw unreadable(error);
  }
}

function guard(file: ColumnFile): ColumnFile {
  return {
    fields: file.fields,
    async *batches(names) {
      try {
        yield* file.batches(names);
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

function unreadable(error: unknown): LegacyError {
  if (error instanceof LegacyError) return error;
  return new LegacyError('UNREADABLE', `its bytes cannot be read: ${describe(error)}`);
}

/** Decoders that stumble over damage say where in their program, which tells nobody anything. */
function describe(error: unknown): string {
  const told = error instanceof Error && error.name === 'Error' && !/undefined|null/.test(error.message);
  return told ? error.message : 'what it says of itself cannot be';
}

export const NO_BARS = { code: 'NOT_BARS', reason: 'its columns are not those of bars' } as const;

/** What is wrong with a candidate, said instead of thrown. */
export function asRefusal(layout: string, error: unknown): Refused {
  const { code, message } = unreadable(error);
  return { layout, code, reason: message };
}
