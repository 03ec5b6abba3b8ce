import type { Message } from '../kernel/lang-text.ts';
import type { Quad } from '../rdf/terms.ts';

/** One thing that a shape found wrong. SHACL §3.6.2. */
export interface ShapeResult {
  readonly focusNode: string;
  readonly path?: string;
  readonly value?: string;
  readonly severity: 'Violation' | 'Warning' | 'Info';
  readonly message: Message;
}

/** Holds graphs against shapes; the worst results first. */
export type ValidateShapes = (quads: readonly Quad[]) => Promise<readonly ShapeResult[]>;
