import { agencyRepository } from '../inventory/agency-repository.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';

/*
 * What comes from another catalogue has an IRI of its own there, and an id that we read from it. The IRI decides what
 * it is; the id only has to be free.
 */

/**
 * Gives agencies the ids they have here.
 *
 * One that brings an IRI is known by it. Failing that, an agency of the same id is the same when it has no IRI of its
 * own or the same one; else a number is put after the id.
 *
 * @returns the agency to use for each, by identity; those that are new have a free id
 */
export async function settleAgencies(
  agencies: ReadonlySet<AgencyRecord>,
  db: Queryable,
): Promise<ReadonlyMap<AgencyRecord, AgencyRecord>> {
  const repository = agencyRepository(db);
  const iris = new Map(await repository.sourceIris());
  const idOfIri = new Map([...iris].map(([id, iri]) => [iri, id]));
  const known = new Set(await repository.known([...agencies].map(({ id }) => id)));
  const settled = new Map<AgencyRecord, AgencyRecord>();
  for (const agency of agencies) {
    const { iri } = agency;
    let id = iri === undefined ? agency.id : (idOfIri.get(iri) ?? agency.id);
    for (let n = 2; iri !== undefined && (iris.get(id) ?? iri) !== iri; n += 1) {
      id = `${agency.id}-${n}`;
      if (!known.has(id) && (await repository.known([id])).has(id)) known.add(id);
    }
    if (iri !== undefined && !known.has(id)) {
      iris.set(id, iri);
      idOfIri.set(iri, id);
    }
    settled.set(agency, id === agency.id ? agency : { ...agency, id });
  }
  return settled;
}

/**
 * Gives records the ids they have here: a record is known by its IRI; a new one takes the id it wants if that is free,
 * or belongs to a dataset that was planned and never released; else a number is put after it.
 */
export async function settleDatasets(
  records: readonly DatasetRecord[],
  db: Queryable,
): Promise<readonly DatasetRecord[]> {
  const repository = datasetRepository(db);
  const idOfIri = await repository.idsByIri(records.flatMap(({ iri }) => iri ?? []));
  const wanted = await repository.findMany(records.map(({ id }) => id));
  const used = new Set<string>();
  const settled: DatasetRecord[] = [];
  for (const record of records) {
    const known = record.iri && idOfIri.get(record.iri);
    let id = known ?? record.id;
    if (record.iri !== undefined && known === undefined) {
      const isFree = async (candidate: string) =>
        !used.has(candidate) &&
        mayAdopt(wanted.get(candidate) ?? (await repository.find(candidate)), record.iri);
      for (let n = 2; !(await isFree(id)); n += 1) id = `${record.id}-${n}`;
    }
    used.add(id);
    settled.push(withId(record, id));
  }
  return settled;
}

/** Whether a record from a source may become this dataset: there is none, or it has never been public. */
function mayAdopt(existing: Dataset | undefined, iri: string | undefined): boolean {
  if (!existing || existing.record.iri === iri) return true;
  return existing.record.iri === undefined && existing.releasedAt === undefined;
}

/** Its distributions are named after it. */
function withId(record: DatasetRecord, id: string): DatasetRecord {
  if (id === record.id) return record;
  const prefix = `${record.id}-`;
  const renamed = record.distribution?.map((distribution) =>
    distribution.id.startsWith(prefix)
      ? { ...distribution, id: `${id}-${distribution.id.slice(prefix.length)}` }
      : distribution,
  );
  return { ...record, id, ...(renamed && { distribution: renamed }) };
}
