import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** A packed package as `npm pack` makes it, without npm: an entry for every file, below `package/`. */
export function packFiles(files: Readonly<Record<string, string>>, folder = 'package'): Buffer {
  const entries = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [describeEntry(`${folder}/${name}`, content.length), content, padding];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]));
}

/** A plugin in one file; `manifest` is what its package.json says besides. */
export function packPlugin(
  name: string,
  code: string,
  { version = '1.2.3', type = 'module', ...manifest }: Readonly<Record<string, unknown>> = {},
): Buffer {
  const hooks = { providers: { target: './index.js', identifier: 'providers' } };
  const described = { name, version, type, oclif: { hooks }, ...manifest };
  return packFiles({ 'package.json': JSON.stringify(described), 'index.js': code });
}

function describeEntry(path: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (text: string, at: number): unknown => header.write(text, at, 'latin1');
  put(path, 0);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
