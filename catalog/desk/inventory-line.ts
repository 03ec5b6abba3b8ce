import { type DutyKind, dutiesOf } from '../duty/duties-of.ts';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { LangText, LangTexts } from '../kernel/lang-text.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { wordsOf } from '../kernel/spelling.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { quarterOf } from '../model/calendar.ts';
import type { DatasetRecord, DatasetState } from '../model/dataset.ts';
import { schemas } from '../model/schemas.ts';
import { validateDataset } from '../validation/validate-record.ts';

/** A dataset as a line of the inventory's table. */
export interface InventoryLine {
  readonly id: string;
  readonly publisher: string;
  readonly state: DatasetState;
  readonly title: string;
  /** Codes of themes. */
  readonly themes: readonly string[];
  readonly planYear?: string;
  /** The quarter of the commitment, `2026-Q3`. */
  readonly quarter?: string;
  /** The e-mail of who answers for the updates, and their name as the record has it. */
  readonly officer?: string;
  readonly officerName?: string;
  /** Fields that keep it from a release: `description`, `inventory/legalBasis`. */
  readonly missing: readonly string[];
  /** Fields that are recommended and empty. */
  readonly advised: readonly string[];
  /** What has to be done next, and by which day. */
  readonly due?: { readonly kind: DutyKind; readonly on: string };
  /** Where its plan ranks it, 0 to 100. Absent: it has no score that counts. */
  readonly priority?: number;
  /** Whether it is a draft because somebody returned it. */
  readonly returned: boolean;
  readonly changedAt: string;
}

/** A line with what is needed to find and order it. */
export interface IndexedLine extends InventoryLine {
  readonly titleSort: string;
  /** Folded, of the title in Vietnamese. */
  readonly titleWords: readonly string[];
  /** Folded, of all that it is found by. */
  readonly words: readonly string[];
}

/** Fields of a record that a release demands, and those that are advised, as the schemas say. */
export const { mandatoryFields, advisedFields } = readObligations();

/** Reads the line off a dataset. */
export function lineOf(dataset: Dataset): IndexedLine {
  const { record, state } = dataset;
  const title = pickLanguage(record.title, 'vi').text;
  const { release, updateResponsibility } = record.inventory ?? {};
  const due = nextDue(dataset);
  const officer = updateResponsibility?.officerEmail?.trim().normalize('NFC').toLowerCase();
  return {
    id: record.id,
    publisher: record.publisher,
    state,
    title,
    titleSort: titleSortKey(title).slice(0, 600),
    titleWords: foldedWords([title]),
    words: foldedWords([...textsOf(record.title), record.id, ...textsOf(record.keyword)]),
    themes: record.theme ?? [],
    ...(release?.plan !== undefined && { planYear: release.plan }),
    ...(release?.due !== undefined && { quarter: quarterOf(release.due) }),
    ...(officer && { officer }),
    ...(updateResponsibility?.officer && { officerName: updateResponsibility.officer }),
    missing: state === 'withdrawn' ? [] : missingFields(record),
    advised: advisedFields.filter((field) => isEmpty(record[field as keyof DatasetRecord])),
    ...(due && { due }),
    returned: state === 'draft' && dataset.reason !== undefined,
    changedAt: dataset.changedAt,
  };
}

/** The fields of which something keeps the record from a release. */
function missingFields(record: DatasetRecord): readonly string[] {
  const fields = validateDataset(record, 'release').map(({ pointer }) => fieldOf(pointer));
  return [...new Set(fields)];
}

/** The field that a pointer leads into: `contactPoint` of `/contactPoint/0/fn`; within the plan's part, two steps. */
export function fieldOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return steps.slice(0, steps[0] === 'inventory' ? 2 : 1).join('/');
}

function nextDue(dataset: Dataset): InventoryLine['due'] {
  const dated = dutiesOf(dataset).flatMap(({ kind, due }) =>
    due === undefined ? [] : [{ kind, on: due }],
  );
  return dated.sort((a, b) => a.on.localeCompare(b.on))[0];
}

function readObligations() {
  const properties = Object.entries(schemas.get('dataset.schema.json')?.properties ?? {});
  const of = (obligation: string) =>
    properties.filter(([, node]) => node['x-obligation'] === obligation).map(([name]) => name);
  const demanded = [
    ...new Set([...of('mandatory'), ...(schemas.get('release.schema.json')?.required ?? [])]),
  ];
  return {
    mandatoryFields: demanded,
    advisedFields: of('recommended').filter((field) => !demanded.includes(field)),
  };
}

function foldedWords(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap(wordsOf).map(({ folded }) => folded))];
}

function textsOf(text: LangText | LangTexts | undefined): readonly string[] {
  return Object.values(text ?? {}).flat();
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
