import type { LangText } from '../kernel/lang-text.ts';
import type { AccessMethod, Openness } from './dataset.ts';
import type { Weights } from './priority.ts';

/** The plan of a year. The truth is schemas/plan.schema.json; its commitments stand in the datasets. */
export interface PlanRecord {
  readonly year: string;
  readonly title: LangText;
  readonly decision?: Decision;
  readonly weights?: Weights;
  readonly note?: LangText;
}

/** The act of the city that issues a plan, or amends it. */
export interface Decision {
  readonly number: string;
  readonly date: string;
  /** Who signed it, as it stands under the text. */
  readonly signer?: string;
}

/** A dataset as a plan promises it: what a row of the annex prints. */
export interface PlanEntry {
  readonly datasetId: string;
  /** The section of the annex that it stands in. */
  readonly field?: string;
  readonly title: LangText;
  readonly description?: LangText;
  readonly publisher: string;
  readonly coordinatingAgency?: readonly string[];
  readonly formats?: readonly string[];
  readonly accrualPeriodicity?: string;
  readonly due: string;
  readonly accessMethods?: readonly AccessMethod[];
  readonly theme?: readonly string[];
  readonly legalBasis?: string;
  /** Absent: open. */
  readonly openness?: Openness;
  /** 0 to 100. Absent: not scored. */
  readonly priority?: number;
  readonly note?: string;
  /** Why it was taken out of the plan. */
  readonly dropped?: string;
}

/** A plan as a decision froze it. The first version issues it, each later one amends the one before. */
export interface PlanVersion {
  readonly year: string;
  readonly version: number;
  readonly decision: Decision;
  readonly title: LangText;
  /** Why it was amended. */
  readonly reason?: string;
  readonly entries: readonly PlanEntry[];
}
