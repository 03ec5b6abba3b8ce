import { sql } from 'kysely';
import { catalogVersion } from '../storage/catalog-version.ts';
import type { Database, Tx } from '../storage/database.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { usageStateRepository } from './usage-state-repository.ts';

interface Membership {
  readonly datasetId: string;
  readonly grouping: string;
  readonly value: string;
}

const versionSetting = 'usage-grouped-version';
/** So many datasets are compared at once. */
const page = 5000;

/** Moves the figures of datasets that changed hands; events that come meanwhile wait for it. */
export async function followCatalogue(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await usageStateRepository(tx, database).lock();
    await groupRepository(tx, database).followCatalogue();
  });
}

/** Every SQL statement that keeps tables `usage_group` and `usage_member` true to the catalogue. */
export function groupRepository(tx: Tx, { traits }: Pick<Database, 'traits'>) {
  /** Adds the datasets' months to the groups that they are counted for, or takes them away. */
  const move = async (datasets: readonly string[], sign: 1 | -1) => {
    await sql`
      insert into usage_group (grouping, value, month, kind, count, raw)
      select m.grouping, m.value, u.month, u.kind,
        ${sql.lit(sign)} * sum(u.count), ${sql.lit(sign)} * sum(u.raw)
      from usage_member m join usage_month u on u.dataset_id = m.dataset_id
      where ${traits.among('m.dataset_id', datasets)} group by 1, 2, 3, 4
      on conflict (grouping, value, month, kind)
      do update set count = usage_group.count + excluded.count, raw = usage_group.raw + excluded.raw`.execute(
      tx,
    );
  };
  /** What the catalogue says now: the agency that publishes each, and the themes of what is published. */
  const present = (datasets: readonly string[]) => sql`
    select id as dataset_id, 'agency' as grouping, publisher_id as value
    from dataset where ${traits.among('id', datasets)}
    union
    select p.dataset_id, 'theme', f.value
    from published p join published_facet f on f.position = p.position
    where f.facet = 'theme' and ${traits.among('p.dataset_id', datasets)}`;

  /** Counts the datasets for the groups that the catalogue says. */
  const regroup = async (datasets: readonly string[]) => {
    if (datasets.length === 0) return;
    await move(datasets, -1);
    await sql`delete from usage_member where ${traits.among('dataset_id', datasets)}`.execute(tx);
    await sql`insert into usage_member (dataset_id, grouping, value) ${present(datasets)}`.execute(
      tx,
    );
    await move(datasets, 1);
    await tx.deleteFrom('usage_group').where('count', '=', 0).where('raw', '=', 0).execute();
  };

  return {
    /** Sees to it that each of the datasets is counted for somebody. */
    async include(datasets: readonly string[]): Promise<void> {
      if (datasets.length === 0) return;
      const known = await sql<{ id: string }>`
        select distinct dataset_id as id from usage_member
        where grouping = 'agency' and ${traits.among('dataset_id', datasets)}`.execute(tx);
      const ids = new Set(known.rows.map(({ id }) => id));
      await regroup(datasets.filter((id) => id !== '' && !ids.has(id)));
    },

    /** Moves the figures of those datasets that changed their agency or their themes since it last looked. */
    async followCatalogue(): Promise<void> {
      const settings = settingRepository(tx);
      const version = await catalogVersion(tx);
      const seen = Number((await settings.find(versionSetting)) ?? -1);
      if (version === seen) return;
      const touched = await tx
        .selectFrom('published')
        .select('dataset_id')
        .where('version', '>', seen)
        .execute();
      const ids = touched.map(({ dataset_id }) => dataset_id);
      for (let at = 0; at < ids.length; at += page) {
        const some = ids.slice(at, at + page);
        await regroup(await movedAmong(some));
      }
      await settings.save(versionSetting, String(version));
    },

    /** Makes the groups of a month anew from what is there. */
    async remake(month: string): Promise<void> {
      await tx.deleteFrom('usage_group').where('month', '=', month).execute();
      await sql`
        insert into usage_group (grouping, value, month, kind, count, raw)
        select m.grouping, m.value, u.month, u.kind, sum(u.count), sum(u.raw)
        from usage_month u join usage_member m on m.dataset_id = u.dataset_id
        where u.month = ${month} group by 1, 2, 3, 4`.execute(tx);
    },
  };

  /** Those that are counted for other groups than the catalogue says. */
  async function movedAmong(datasets: readonly string[]): Promise<readonly string[]> {
    const { rows: now } = await sql<Membership>`
      select dataset_id as "datasetId", grouping, value from (${present(datasets)}) as present`.execute(
      tx,
    );
    const { rows: before } = await sql<Membership>`
      select dataset_id as "datasetId", grouping, value from usage_member
      where ${traits.among('dataset_id', datasets)}`.execute(tx);
    const keyOf = ({ datasetId, grouping, value }: Membership) =>
      JSON.stringify([datasetId, grouping, value]);
    const [current, known] = [new Set(now.map(keyOf)), new Set(before.map(keyOf))];
    const moved = [
      ...now.filter((each) => !known.has(keyOf(each))),
      ...before.filter((each) => !current.has(keyOf(each))),
    ];
    return [...new Set(moved.map(({ datasetId }) => datasetId))];
  }
}
