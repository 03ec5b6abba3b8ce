import { invalidDataset } from '../inventory/register-dataset.ts';
import type { Finding } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { DatasetRecord, Inventory, PersonalData } from '../model/dataset.ts';
import { validateDataset } from '../validation/validate-record.ts';

/** What an approver says of a dataset; what is absent stays as the record has it. */
export interface Declaration {
  readonly personalData?: string;
  /** The law that lets personal data be published, or keeps the dataset from being fully open. */
  readonly legalBasis?: string;
  /** When the reason for not opening it is looked at again. A date. */
  readonly reviewDate?: string;
}

/**
 * Puts what an approver declares into a record, and lets it pass once it is said whether there are personal data in it, and,
 * of what is not open, when that is looked at again.
 *
 * @param today a local calendar date
 * @throws {CatalogError} `invalid` / `dataset-invalid` with what is not said yet, or not right
 */
export function declareOpenness(
  record: DatasetRecord,
  { personalData, legalBasis, reviewDate }: Declaration,
  today: string,
): DatasetRecord {
  const inventory = {
    ...record.inventory,
    ...(personalData && { personalData: personalData as PersonalData }),
    ...(legalBasis && { legalBasis }),
    ...(reviewDate && { reviewDate }),
  };
  const declared: DatasetRecord = { ...record, inventory };
  const findings = [
    ...validateDataset(declared, 'draft').filter(({ pointer }) => pointer.startsWith('/inventory')),
    ...undeclared(inventory, today),
  ];
  if (findings.length > 0) throw invalidDataset(findings);
  return declared;
}

/** Whether something is not open, so that it is to be looked at again. */
export function isReviewed(inventory: Inventory | undefined): boolean {
  return inventory?.openness === 'conditional' || inventory?.openness === 'closed';
}

function undeclared(inventory: Inventory, today: string): readonly Finding[] {
  const { personalData, reviewDate } = inventory;
  return [
    ...(personalData === undefined ? [finding('/inventory/personalData', noDeclaration)] : []),
    ...(isReviewed(inventory) && (reviewDate ?? '') <= today
      ? [finding('/inventory/reviewDate', reviewDate === undefined ? noReview : pastReview(today))]
      : []),
  ];
}

function finding(pointer: string, message: Message): Finding {
  return { pointer, keyword: 'declaration', message };
}

const noDeclaration: Message = {
  vi: 'Hãy khai có dữ liệu cá nhân hay không trước khi phê duyệt.',
  en: 'Say whether there are personal data in it before it is approved.',
};
const noReview: Message = {
  vi: 'Dữ liệu không mở hoàn toàn phải có ngày xem xét lại.',
  en: 'What is not fully open takes a date on which that is looked at again.',
};
const pastReview = (today: string): Message => ({
  vi: `Ngày xem xét lại phải sau hôm nay (${today}).`,
  en: `The date of review must be after today (${today}).`,
});
