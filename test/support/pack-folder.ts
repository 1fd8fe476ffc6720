import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { listTree } from './temp-folder.js';

/** A folder as npm packs one: a gzipped tar of everything in it below `package/`. */
export function packFolder(folder: string): Buffer {
  const parts: Buffer[] = [];
  for (const name of listTree(folder)) {
    if (name.startsWith('node_modules/')) continue;
    const content = readFile(path.join(folder, name));
    if (content === undefined) continue;
    parts.push(headerOf(`package/${name}`, content.length), content, Buffer.alloc(-content.length & 511));
  }
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]), { level: 1 });
}

function readFile(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // a folder: its files say that it is there
  }
}

/** Of the old form, which has 100 bytes for a name and 155 for the folders before it. */
function headerOf(name: string, size: number): Buffer {
  const cut = name.length > 100 ? name.indexOf('/', name.length - 101) : -1;
  const header = Buffer.alloc(512);
  header.write(name.slice(cut + 1), 0);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('14700000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  if (cut > 0) header.write(name.slice(0, cut), 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
