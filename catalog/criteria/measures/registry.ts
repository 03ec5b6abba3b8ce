import type { Message } from '../../kernel/lang-text.ts';
import { answerMeasures } from './answer-measures.ts';
import { commitmentMeasures } from './commitment-measures.ts';
import { freshnessMeasures } from './freshness-measures.ts';
import { inventoryMeasures } from './inventory-measures.ts';
import type { MeasureGroup } from './measure.ts';
import { qualityMeasures } from './quality-measures.ts';
import { reuseMeasures } from './reuse-measures.ts';
import { usageMeasures } from './usage-measures.ts';
import { visitorMeasures } from './visitor-measures.ts';

/** Everything that can be measured. A new measure is a group here. */
export const measureGroups: readonly MeasureGroup[] = [
  inventoryMeasures,
  commitmentMeasures,
  freshnessMeasures,
  qualityMeasures,
  usageMeasures,
  visitorMeasures,
  reuseMeasures,
  answerMeasures,
];

/** The measures that formulas may name, and what each counts. */
export const measures: ReadonlyMap<string, Message> = new Map(
  measureGroups.flatMap((group) => Object.entries(group.measures)),
);

/** Measures that are told while a period runs, or never. */
export const undatedMeasures: ReadonlySet<string> = new Set(
  measureGroups.flatMap((group) => (group.isDated ? [] : Object.keys(group.measures))),
);

/** Measures without records behind them. */
export const recordlessMeasures: ReadonlySet<string> = new Set(
  measureGroups.flatMap(({ isOfCity, measures }) => (isOfCity ? Object.keys(measures) : [])),
);
