import type { NodeObject } from '../dcat/node-object.ts';
import { toNodeObject } from '../dcat/node-object.ts';
import type { Describer } from '../dcat/record-forms.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { PlanRecord } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { type CatalogPart, catalogSeed } from './catalog-record.ts';
import { planDecisionRepository } from './plan-decision-repository.ts';

/** A catalogue within the catalogue, and how its datasets are found. */
export interface FoundPart {
  readonly part: CatalogPart;
  /** What its datasets are filtered by. */
  readonly filter: { readonly applicableLegislation?: string; readonly plan?: string };
  /** The law itself, where no other catalogue describes it. */
  readonly legislation?: NodeObject;
}

/**
 * The catalogues within the catalogue, one for each obligation: those that schemas/catalog.json names, and one for each
 * plan that a decision of the city has issued.
 */
export async function catalogParts(
  describer: Describer,
  db: Queryable,
): Promise<readonly FoundPart[]> {
  const named = catalogSeed.parts.map((part): FoundPart => {
    const [law = ''] = part.applicableLegislation;
    return { part, filter: { applicableLegislation: law } };
  });
  const plans = await planDecisionRepository(db).issued();
  return [...named, ...plans.map((plan) => planPart(plan, describer))];
}

function planPart({ year, title, decision }: PlanRecord, describer: Describer): FoundPart {
  const law = `${describer.iri.plan(year)}#decision`;
  const number = decision?.number ?? '';
  const about: Message = {
    vi: `Các tập dữ liệu công bố theo Quyết định số ${number} ngày ${inVietnamese(decision?.date)}.`,
    en: `The datasets published under Decision ${number} of ${decision?.date}.`,
  };
  return {
    part: {
      id: `plan-${year}`,
      title,
      description: { ...about },
      applicableLegislation: [law],
    },
    filter: { plan: year },
    legislation: toNodeObject(
      { id: law, title: { vi: `Quyết định số ${number}`, en: `Decision ${number}` } },
      'legal-resource.schema.json',
      describer.context,
      { mint: {} },
    ),
  };
}

/** 2026-03-31 as 31/03/2026. */
function inVietnamese(date: string | undefined): string {
  return (date ?? '').split('-').reverse().join('/');
}
