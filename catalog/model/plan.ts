import type { LangText } from '../kernel/lang-text.ts';
import type { AccessMethod, Openness } from './dataset.ts';

/** How much each criterion counts, by its key; one that is not named does not count. */
export type Weights = Readonly<Partial<Record<string, number>>>;

/** The plan of a year. The truth is schemas/plan.schema.json; its commitments stand in the datasets. */
export interface PlanRecord {
  readonly year: string;
  readonly title: LangText;
  readonly decision?: Decision;
  /** Of the four criteria that count unless the plan has criteria of its own. */
  readonly weights?: Weights;
  readonly criteria?: readonly PlanCriterion[];
  /** Points for a dataset in a high-value category. Absent: none. */
  readonly hvdBonus?: number;
  readonly note?: LangText;
}

/** What the datasets of a plan are scored by. */
export interface PlanCriterion {
  /** The name of its scores in the records. */
  readonly key: string;
  readonly name: LangText;
  /** 0 to 100; none: it does not count. */
  readonly weight: number;
  /** What a score means, from `0` to `5`; the others explain themselves. */
  readonly step?: Readonly<Record<string, LangText>>;
}

/** How a plan ranks its datasets. */
export interface Ranking {
  readonly criteria: readonly PlanCriterion[];
  readonly hvdBonus: number;
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

/** What a decision says of the plan that it freezes. The first version issues it, each later one amends the one before. */
export interface PlanVersionHead {
  readonly year: string;
  readonly version: number;
  readonly decision: Decision;
  readonly title: LangText;
  /** Why it was amended. */
  readonly reason?: string;
  /** What its entries were ranked by. Absent: it was issued before that was kept. */
  readonly ranking?: Ranking;
}

/** A plan as a decision froze it. */
export interface PlanVersion extends PlanVersionHead {
  readonly entries: readonly PlanEntry[];
}
