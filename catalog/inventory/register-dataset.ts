import { type Actor, assertMay } from '../access/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import { slug } from '../kernel/fold.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import type { DatasetRecord, DatasetState } from '../model/dataset.ts';
import { datasetStates } from '../model/lifecycle.ts';
import type { Database, Queryable } from '../storage/database.ts';
import type { RecordShapes } from '../validation/record-shapes.ts';
import { type Completeness, validateDataset } from '../validation/validate-record.ts';
import { agencyRepository } from './agency-repository.ts';
import type { Dataset } from './dataset-repository.ts';
import { unknownScores } from './unknown-scores.ts';
import { type ReflectChanges, writeDatasets } from './write-datasets.ts';

export interface InventoryDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly reflect: ReflectChanges;
  readonly shapes: RecordShapes;
}

/**
 * Registers a dataset as a draft. An id, and ids of distributions, are made where the input has none.
 *
 * @param input whatever came from outside
 * @throws {CatalogError} `invalid` / `dataset-invalid` with every finding
 * @throws {CatalogError} `conflict` / `dataset-exists` when the id is taken
 * @throws {CatalogError} `forbidden` when the actor does not write for the publisher
 */
export async function registerDataset(
  input: unknown,
  actor: Actor,
  deps: InventoryDeps,
): Promise<Dataset> {
  const { content, state = 'draft' } = splitStanding(input);
  if (state !== 'draft' && state !== 'planned') throw invalidDataset([beginsElsewhere(state)]);
  const record = await decodeDataset(withIds(content), 'draft', deps.database.read);
  assertMay(actor, ['editor', 'approver', 'coordinator', 'administrator'], record.publisher);
  const at = deps.clock();
  const dataset: Dataset = { record, state, revision: 1, createdAt: at, changedAt: at };
  try {
    await deps.database.transaction((tx) =>
      writeDatasets(tx, [{ after: dataset, act: 'register' }], actor, deps.reflect),
    );
  } catch (error) {
    if (!deps.database.traits.isUniqueViolation(error)) throw error;
    throw new CatalogError(
      'conflict',
      'dataset-exists',
      {
        vi: `Mã "${record.id}" đã có; hãy chọn mã khác hoặc sửa tập dữ liệu đó.`,
        en: `The id "${record.id}" is taken; choose another, or revise that dataset.`,
      },
      { cause: error },
    );
  }
  return dataset;
}

/** What the API shows beside a record. Sent back unchanged it does no harm; it is no part of the record. */
const standing = [
  'state',
  'revision',
  'createdAt',
  'changedAt',
  'releasedAt',
  'withdrawnAt',
  'reason',
];

/**
 * Takes a record apart from where it stands.
 *
 * @throws {CatalogError} `invalid` / `dataset-invalid` for a state that does not exist
 */
export function splitStanding(input: unknown): {
  readonly content: unknown;
  readonly state?: DatasetState;
} {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { content: input };
  const content = Object.fromEntries(
    Object.entries(input).filter(([key]) => !standing.includes(key)),
  );
  if (!('state' in input)) return { content };
  const state = datasetStates.find((known) => known === input.state);
  if (state) return { content, state };
  const message = {
    vi: `Không có trạng thái "${String(input.state)}"; có: ${datasetStates.join(', ')}.`,
    en: `There is no state "${String(input.state)}"; there are: ${datasetStates.join(', ')}.`,
  };
  throw invalidDataset([{ pointer: '/state', keyword: 'enum', message }]);
}

/** Says that a state is not entered by writing it. */
export function beginsElsewhere(state: DatasetState): Finding {
  return {
    pointer: '/state',
    keyword: 'state',
    message: {
      vi: `Trạng thái "${state}" không ghi trực tiếp được; hãy dùng submit, approve, return, publish, withdraw.`,
      en: `The state "${state}" is not entered by writing it; use submit, approve, return, publish, withdraw.`,
    },
  };
}

/**
 * Turns input into a record that is right, or says all that is wrong with it.
 *
 * @param before what it was; absent: it is new
 * @throws {CatalogError} `invalid` / `dataset-invalid`
 */
export async function decodeDataset(
  input: unknown,
  completeness: Completeness,
  db: Queryable,
  before?: DatasetRecord,
): Promise<DatasetRecord> {
  const findings = validateDataset(input, completeness);
  if (findings.length > 0) throw invalidDataset(findings);
  const record = input as DatasetRecord;
  const unknown = [
    ...(await unknownAgencies(record, db)),
    ...(await unknownScores(record, before, db)),
  ];
  if (unknown.length > 0) throw invalidDataset(unknown);
  return record;
}

export function invalidDataset(findings: readonly Finding[]): CatalogError {
  return new CatalogError(
    'invalid',
    'dataset-invalid',
    {
      vi: `Bản ghi có ${findings.length} lỗi; hãy sửa từng chỗ được nêu.`,
      en: `The record has ${findings.length} error${findings.length === 1 ? '' : 's'}; correct each place named.`,
    },
    { findings },
  );
}

async function unknownAgencies(record: DatasetRecord, db: Queryable): Promise<readonly Finding[]> {
  const named: [string, string | undefined][] = [
    ['/publisher', record.publisher],
    ['/inventory/updateResponsibility/agency', record.inventory?.updateResponsibility?.agency],
  ];
  const ids = named.flatMap(([, id]) => (id === undefined ? [] : [id]));
  const known = await agencyRepository(db).known(ids);
  return named.flatMap(([pointer, id]) =>
    id === undefined || known.has(id) ? [] : [unknownAgency(pointer, id)],
  );
}

/** Says that no agency has this id. */
export function unknownAgency(pointer: string, id: string): Finding {
  return {
    pointer,
    keyword: 'agency',
    message: {
      vi: `Không có cơ quan "${id}"; xem các mã ở /agency.`,
      en: `There is no agency "${id}"; see the ids at /agency.`,
    },
  };
}

/** Makes the ids that may be left out: the dataset's from its title, a distribution's from the dataset's and its format. */
export function withIds(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const record = input as Partial<DatasetRecord>;
  const title =
    typeof record.title === 'object' && record.title !== null ? record.title : undefined;
  const id = record.id ?? (title ? slug(pickLanguage(title, 'vi').text) : undefined);
  if (!Array.isArray(record.distribution)) return id === undefined ? input : { ...record, id };
  const distribution = record.distribution.map((item: unknown, index) => {
    if (typeof item !== 'object' || item === null || 'id' in item) return item;
    const format = 'format' in item && typeof item.format === 'string' ? slug(item.format) : '';
    return { id: [id, format, index + 1].filter((part) => part !== '').join('-'), ...item };
  });
  return { ...record, ...(id !== undefined && { id }), distribution };
}
