import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request } from 'express';
import { createRecentMemory } from './recent-memory.ts';

export type Encoding = 'identity' | 'gzip' | 'br';

const compressors: Readonly<
  Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>>
> = {
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
};

const mostBytes = 64 * 1024 * 1024;

/** The encoding to answer with: what the client takes, brotli before gzip. */
export function encodingFor(request: Request): Encoding {
  const wanted = request.acceptsEncodings(['br', 'gzip', 'identity']);
  return wanted === 'br' || wanted === 'gzip' ? wanted : 'identity';
}

/** Compresses bodies, and remembers them by their ETag: a feed page is compressed once, not once a client. */
export function createCompressor() {
  const remembered = createRecentMemory<Buffer>(mostBytes, ({ length }) => length);
  const making = new Map<string, Promise<Buffer>>();

  return {
    compress: async (body: Buffer, encoding: Encoding): Promise<Buffer> =>
      encoding === 'identity' ? body : compressors[encoding](body),

    /** What was made before under this key, which must name the content; else makes it and remembers it. */
    async remember(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
      const found = remembered.find(key);
      if (found) return found;
      // Clients that come together for what nobody has made yet wait for the first of them.
      const known = making.get(key);
      if (known !== undefined) return known;
      const made = make()
        .then((body) => {
          remembered.keep(key, body);
          return body;
        })
        .finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
  };
}
