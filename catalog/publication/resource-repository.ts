import type { Forms } from '../dcat/record-forms.ts';
import type { ResourceKind, ResourceRecord } from '../model/resource.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import type { Queryable } from '../storage/database.ts';

/** A series or a service as it is kept. */
export interface Resource {
  readonly kind: ResourceKind;
  readonly record: ResourceRecord;
  readonly revision: number;
  readonly isLive: boolean;
  readonly changedAt: string;
  /** Why it was withdrawn. */
  readonly reason?: string;
  readonly etag: string;
}

const columns = [
  'kind',
  'record_json',
  'revision',
  'live',
  'changed_at',
  'reason',
  'etag',
] as const;

/** Every SQL statement that touches table `resource`. */
export function resourceRepository(db: Queryable) {
  return {
    async find(kind: ResourceKind, id: string): Promise<Resource | undefined> {
      const row = await db
        .selectFrom('resource')
        .select(columns)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** The live ones of a kind that have these ids. */
    async findMany(kind: ResourceKind, ids: readonly string[]): Promise<readonly Resource[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('resource')
        .select(columns)
        .where('kind', '=', kind)
        .where('id', 'in', [...ids])
        .where('live', '=', 1)
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },

    /** The live ones of a kind, or of every kind, by their ids. */
    async list(kind?: ResourceKind): Promise<readonly Resource[]> {
      let query = db.selectFrom('resource').select(columns).where('live', '=', 1);
      if (kind) query = query.where('kind', '=', kind);
      return (await query.orderBy('kind').orderBy('id').execute()).map(fromRow);
    },

    /** Their bodies in a syntax, in the order of `list`. */
    async bodies(syntax: Syntax): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('resource')
        .select(`${syntax} as body`)
        .where('live', '=', 1)
        .orderBy('kind')
        .orderBy('id')
        .execute();
      return rows.map(({ body }) => body);
    },

    async findBody(kind: ResourceKind, id: string, syntax: Syntax): Promise<string | undefined> {
      const row = await db
        .selectFrom('resource')
        .select(`${syntax} as body`)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .where('live', '=', 1)
        .executeTakeFirst();
      return row?.body;
    },

    async save(resource: Omit<Resource, 'etag'>, forms: Forms): Promise<void> {
      const { kind, record, revision, isLive, changedAt, reason } = resource;
      const { etag, jsonld, ttl, nt, rdf } = forms;
      const row = {
        kind,
        id: record.id,
        publisher_id: record.publisher,
        revision,
        live: isLive ? 1 : 0,
        record_json: JSON.stringify(record),
        changed_at: changedAt,
        reason: reason ?? null,
        ...{ etag, jsonld, ttl, nt, rdf },
      };
      await db
        .insertInto('resource')
        .values(row)
        .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(row))
        .execute();
    },
  };
}

interface Row {
  readonly kind: string;
  readonly record_json: string;
  readonly revision: number;
  readonly live: number;
  readonly changed_at: string;
  readonly reason: string | null;
  readonly etag: string;
}

function fromRow(row: Row): Resource {
  return {
    kind: row.kind as ResourceKind,
    record: JSON.parse(row.record_json) as ResourceRecord,
    revision: row.revision,
    isLive: row.live === 1,
    changedAt: row.changed_at,
    ...(row.reason !== null && { reason: row.reason }),
    etag: row.etag,
  };
}
