import type { LangText } from '../kernel/lang-text.ts';
import type { Weights } from './priority.ts';

/** The plan of a year. The truth is schemas/plan.schema.json; its commitments stand in the datasets. */
export interface PlanRecord {
  readonly year: string;
  readonly title: LangText;
  readonly decision?: { readonly number: string; readonly date: string };
  readonly weights?: Weights;
  readonly note?: LangText;
}
