import { isReviewed } from '../../catalog/desk/declare-openness.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { schemas } from '../../catalog/model/schemas.ts';
import { placeOf } from './field-place.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';
import { choicesWith } from './select-choices.ts';

const inventory = schemas.get('inventory.schema.json')?.properties;

/** What stands in the fields of the declaration. */
export interface SentDeclaration {
  readonly personalData: string;
  readonly legalBasis: string;
  readonly reviewDate: string;
}

/** What an approver declares before anything else. */
export function declarationView(
  record: DatasetRecord,
  sent: SentDeclaration,
  findings: FormFindings,
  context: PageContext,
) {
  const labels = inventory?.['personalData']?.['x-labels'] ?? {};
  const field = (name: 'personalData' | 'legalBasis' | 'reviewDate') => ({
    label: placeOf(`/inventory/${name}`, context),
    problem: findings.at(`/inventory/${name}`),
  });
  return {
    personalData: {
      ...field('personalData'),
      help: context.t('desk.personalDataHelp'),
      choices: choicesWith(
        Object.entries(labels).map(([value, label]) => ({ value, label: label[context.lang] })),
        sent.personalData,
      ),
    },
    legalBasis: {
      ...field('legalBasis'),
      value: sent.legalBasis,
      help: context.t('desk.legalBasisHelp'),
    },
    reviewDate: isReviewed(record.inventory)
      ? { ...field('reviewDate'), value: sent.reviewDate, help: context.t('desk.reviewDateHelp') }
      : undefined,
  };
}
