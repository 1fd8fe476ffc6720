/** The part of yauzl 3 that is called. */
declare module 'yauzl' {
  interface Options {
    readonly strictFileNames?: boolean;
  }
  interface Entry {
    readonly fileName: string;
    readonly generalPurposeBitFlag: number;
    readonly compressionMethod: number;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    readonly crc32: number;
  }
  interface LocalFileHeader {
    readonly fileDataStart: number;
    readonly fileName: Uint8Array;
    readonly generalPurposeBitFlag: number;
    readonly compressionMethod: number;
  }
  interface ZipFile {
    readonly entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    readLocalFileHeaderPromise(entry: Entry): Promise<LocalFileHeader>;
  }
  const yauzl: { fromBufferPromise(buffer: Uint8Array, options: Options): Promise<ZipFile> };
  export default yauzl;
}
