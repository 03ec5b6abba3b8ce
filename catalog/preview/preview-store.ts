import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The tables that files were turned into, on disk: `{key}.parquet`. */
export interface PreviewStore {
  readonly folder: string;
  pathOf(key: string): string;
  has(key: string): Promise<boolean>;
  /** A folder for what comes and goes; the caller removes it. */
  makeWorkFolder(): Promise<string>;
  /** Brings a table in. Gives how many bytes it has. */
  keep(key: string, from: string): Promise<number>;
  drop(key: string): Promise<void>;
  /** Removes what processes left behind that were stopped in their work, when nobody has touched it for a day. */
  sweep(nowMs: number): Promise<void>;
}

const work = '.preparing-';
const dayMs = 86_400_000;

export function createPreviewStore(dataDir: string): PreviewStore {
  const folder = join(resolve(dataDir), 'previews');
  const pathOf = (key: string): string => join(folder, `${key}.parquet`);
  return {
    folder,
    pathOf,
    has: (key) =>
      stat(pathOf(key)).then(
        () => true,
        () => false,
      ),
    async makeWorkFolder() {
      const made = join(folder, `${work}${randomUUID()}`);
      await mkdir(made, { recursive: true });
      return made;
    },
    async keep(key, from) {
      const { size } = await stat(from);
      await rename(from, pathOf(key));
      return size;
    },
    drop: (key) => rm(pathOf(key), { force: true }),
    async sweep(nowMs) {
      for (const name of await readdir(folder).catch(() => [])) {
        if (!name.startsWith(work)) continue;
        const path = join(folder, name);
        const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: nowMs }));
        if (nowMs - mtimeMs > dayMs) await rm(path, { recursive: true, force: true });
      }
    },
  };
}
