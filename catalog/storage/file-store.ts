import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface StoredFile {
  readonly sha256: string;
  readonly byteSize: number;
}

/** Files by their content: what is the same is kept once, and what is there is whole. */
export interface FileStore {
  /** Takes a stream to its end. A stream that breaks off leaves nothing behind. */
  put(content: AsyncIterable<Uint8Array> | NodeJS.ReadableStream): Promise<StoredFile>;
  /** Where the content lies on disk. */
  pathOf(sha256: string): string;
  has(sha256: string): Promise<boolean>;
  open(sha256: string): NodeJS.ReadableStream;
  /** The SHA-256 of every file that is kept. */
  list(): AsyncIterable<string>;
}

/** Keeps files in a folder, `ab/cdef…` by their SHA-256. */
export function createFileStore(folder: string): FileStore {
  const root = resolve(folder);
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256.slice(2));
  return {
    pathOf,
    open: (sha256) => createReadStream(pathOf(sha256)),
    has: async (sha256) =>
      stat(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    async *list() {
      const folders = await readdir(root).catch(() => []);
      for (const folder of folders.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
        for (const name of (await readdir(join(root, folder))).sort()) yield folder + name;
      }
    },
    async put(content) {
      await mkdir(root, { recursive: true });
      const arriving = join(root, `.arriving-${randomUUID()}`);
      const hash = createHash('sha256');
      let byteSize = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          byteSize += chunk.length;
          done(null, chunk);
        },
      });
      try {
        await pipeline(content, measure, createWriteStream(arriving));
        const sha256 = hash.digest('hex');
        await mkdir(join(root, sha256.slice(0, 2)), { recursive: true });
        await rename(arriving, pathOf(sha256));
        return { sha256, byteSize };
      } catch (error) {
        await rm(arriving, { force: true });
        throw error;
      }
    },
  };
}
