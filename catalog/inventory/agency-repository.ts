import type { Instant } from '../kernel/clock.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { Queryable } from '../storage/database.ts';

/** An agency as it is kept. */
export interface Agency {
  readonly record: AgencyRecord;
  readonly revision: number;
  readonly changedAt: string;
}

/** Every SQL statement that touches table `agency`. */
export function agencyRepository(db: Queryable) {
  return {
    async find(id: string): Promise<Agency | undefined> {
      const row = await db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    async list(): Promise<readonly Agency[]> {
      return (await db.selectFrom('agency').selectAll().orderBy('id').execute()).map(fromRow);
    },

    /** When any of them changed last. */
    async changedAt(): Promise<string | undefined> {
      const row = await db
        .selectFrom('agency')
        .select((eb) => eb.fn.max('changed_at').as('changed_at'))
        .executeTakeFirst();
      return row?.changed_at ?? undefined;
    },

    /** The ids among these that are agencies. */
    async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
      if (ids.length === 0) return new Set();
      const rows = await db
        .selectFrom('agency')
        .select('id')
        .where('id', 'in', [...ids])
        .execute();
      return new Set(rows.map(({ id }) => id));
    },

    /** The IRIs that agencies brought from their sources, by their ids. */
    async sourceIris(): Promise<ReadonlyMap<string, string>> {
      const rows = await db
        .selectFrom('agency')
        .select(['id', 'iri'])
        .where('iri', 'is not', null)
        .execute();
      return new Map(rows.map(({ id, iri }) => [id, String(iri)]));
    },

    async save(record: AgencyRecord, revision: number, at: Instant): Promise<void> {
      const row = {
        id: record.id,
        iri: record.iri ?? null,
        name: pickLanguage(record.name, 'vi').text,
        revision,
        record_json: JSON.stringify(record),
        changed_at: at,
      };
      await db
        .insertInto('agency')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
  };
}

function fromRow(row: { record_json: string; revision: number; changed_at: string }): Agency {
  return {
    record: JSON.parse(row.record_json) as AgencyRecord,
    revision: row.revision,
    changedAt: row.changed_at,
  };
}
