import type { Picture } from '../../model/reuse.ts';

/** A picture without anything that it tells beside itself. */
export interface Stripped extends Omit<Picture, 'sha256'> {
  readonly bytes: Buffer;
}
