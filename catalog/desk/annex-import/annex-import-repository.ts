import type { AnnexUpload } from '../../exchange/annex/read-upload.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Queryable } from '../../storage/database.ts';
import type { AnnexImport, Corrections, Outcome, Reading } from './annex-import.ts';

/** An import in a list: without the table itself. */
export type ListedImport = Pick<
  AnnexImport,
  'id' | 'accountId' | 'plan' | 'fileName' | 'outcome' | 'createdAt' | 'changedAt'
> & {
  /** The name of who sent the table. */
  readonly sender: string;
};

type Changeable = Partial<Pick<AnnexImport, 'reading' | 'corrections' | 'outcome'>>;

/** Every SQL statement that touches table `annex_import`. */
export function annexImportRepository(db: Queryable) {
  return {
    async find(id: string): Promise<AnnexImport | undefined> {
      const row = await db
        .selectFrom('annex_import')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return (
        row && {
          id,
          accountId: row.account_id,
          plan: row.plan_year,
          fileName: row.file_name,
          upload: JSON.parse(row.upload_json) as AnnexUpload,
          reading: JSON.parse(row.reading_json) as Reading,
          corrections: JSON.parse(row.corrections_json) as Corrections,
          ...outcomeOf(row.outcome_json),
          version: row.version,
          createdAt: row.created_at,
          changedAt: row.changed_at,
        }
      );
    },

    /**
     * The latest first.
     *
     * @param accountId absent: everybody's
     */
    async list(accountId: string | undefined, limit: number): Promise<readonly ListedImport[]> {
      let query = db
        .selectFrom('annex_import')
        .innerJoin('account', 'account.id', 'annex_import.account_id')
        .select([
          'annex_import.id',
          'account_id',
          'account.name',
          'plan_year',
          'file_name',
          'outcome_json',
          'annex_import.created_at',
          'changed_at',
        ]);
      if (accountId !== undefined) query = query.where('account_id', '=', accountId);
      const rows = await query
        .orderBy('changed_at', 'desc')
        .orderBy('annex_import.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        accountId: row.account_id,
        sender: row.name,
        plan: row.plan_year,
        fileName: row.file_name,
        ...outcomeOf(row.outcome_json),
        createdAt: row.created_at,
        changedAt: row.changed_at,
      }));
    },

    /** How many of somebody's have never written anything. */
    async countUnwritten(accountId: string): Promise<number> {
      const { count } = await db
        .selectFrom('annex_import')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', accountId)
        .where('outcome_json', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async insert(draft: Omit<AnnexImport, 'outcome'>): Promise<void> {
      await db
        .insertInto('annex_import')
        .values({
          id: draft.id,
          account_id: draft.accountId,
          plan_year: draft.plan,
          file_name: draft.fileName,
          upload_json: JSON.stringify(draft.upload),
          reading_json: JSON.stringify(draft.reading),
          corrections_json: JSON.stringify(draft.corrections),
          outcome_json: null,
          version: draft.version,
          created_at: draft.createdAt,
          changed_at: draft.changedAt,
        })
        .execute();
    },

    /** Changes the version that was read. Gives false when somebody else was faster. */
    async change(
      { id, version }: Pick<AnnexImport, 'id' | 'version'>,
      { reading, corrections, outcome }: Changeable,
      at: Instant,
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('annex_import')
        .set({
          version: version + 1,
          changed_at: at,
          ...(reading && { reading_json: JSON.stringify(reading) }),
          ...(corrections && { corrections_json: JSON.stringify(corrections) }),
          ...(outcome && { outcome_json: JSON.stringify(outcome) }),
        })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async remove(id: string): Promise<void> {
      await db.deleteFrom('annex_import').where('id', '=', id).execute();
    },

    /** Removes what was sent, never written, and not looked at since. */
    async removeForgotten(before: Instant): Promise<void> {
      await db
        .deleteFrom('annex_import')
        .where('outcome_json', 'is', null)
        .where('changed_at', '<', before)
        .execute();
    },
  };
}

function outcomeOf(json: string | null): { readonly outcome?: Outcome } {
  return json === null ? {} : { outcome: JSON.parse(json) as Outcome };
}
