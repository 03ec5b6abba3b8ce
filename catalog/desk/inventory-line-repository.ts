import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DutyKind } from '../duty/duties-of.ts';
import type { DatasetState } from '../model/dataset.ts';
import type { Queryable, Tables } from '../storage/database.ts';
import type { IndexedLine, InventoryLine } from './inventory-line.ts';

/** Which lines; every part that is given narrows. */
export interface LineFilter {
  /** Whose; absent: of all agencies. */
  readonly agencies?: readonly string[] | undefined;
  readonly state?: DatasetState | undefined;
  readonly theme?: string | undefined;
  readonly planYear?: string | undefined;
  readonly quarter?: string | undefined;
  /** The officer's e-mail; empty: nobody is named. */
  readonly officer?: string | undefined;
  /** A field that is empty, mandatory or advised; `any`: a mandatory one. */
  readonly missing?: string | undefined;
  readonly dueKind?: DutyKind | undefined;
  /** Dates, both within. */
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  readonly returned?: boolean | undefined;
  /** Folded words, each the beginning of a word of the title, the keywords or the id. */
  readonly words?: readonly string[] | undefined;
}

export const lineOrders = ['changed', 'title', 'due', 'priority', 'missing', 'quality'] as const;
export type LineOrder = (typeof lineOrders)[number];

/** A line whose title has words in common with another. */
export interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly state: DatasetState;
  readonly titleWords: readonly string[];
}

/** Rows that go into one statement: SQLite binds at most 32,766 values. */
const atOnce = 1000;
const none = '';

/** Every SQL statement that touches table `inventory_line`. */
export function inventoryLineRepository(db: Queryable) {
  const filtered = (filter: LineFilter) =>
    db.selectFrom('inventory_line').where((eb) => eb.and(conditionsOf(filter)));
  const withQuality = (query: ReturnType<typeof filtered>) =>
    query.leftJoin('quality', 'quality.dataset_id', 'inventory_line.dataset_id');
  return {
    /** Lines in an order, with the European total of what is published. */
    async list(
      filter: LineFilter,
      order: LineOrder,
      { limit, offset }: { readonly limit: number; readonly offset: number },
    ): Promise<readonly (InventoryLine & { readonly quality?: number })[]> {
      // Sorted by what is narrow first: whole rows are read for one page alone.
      const wanted = (order === 'quality' ? withQuality(filtered(filter)) : filtered(filter))
        .select('inventory_line.dataset_id')
        .orderBy(orderOf[order])
        .orderBy('inventory_line.dataset_id')
        .limit(limit)
        .offset(offset);
      const rows = await withQuality(db.selectFrom('inventory_line'))
        .selectAll('inventory_line')
        .select('quality.total')
        .where('inventory_line.dataset_id', 'in', wanted)
        .orderBy(orderOf[order])
        .orderBy('inventory_line.dataset_id')
        .execute();
      return rows.map((row) => ({
        ...fromRow(row),
        ...(row.total !== null && { quality: row.total }),
      }));
    },

    async countByState(filter: LineFilter): Promise<ReadonlyMap<DatasetState, number>> {
      const rows = await filtered(filter)
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return new Map(rows.map(({ state, count }) => [state as DatasetState, Number(count)]));
    },

    /** The ids of what is found, in their order. */
    async ids(filter: LineFilter, limit: number): Promise<readonly string[]> {
      const rows = await filtered(filter)
        .select('dataset_id')
        .orderBy('dataset_id')
        .limit(limit)
        .execute();
      return rows.map(({ dataset_id }) => dataset_id);
    },

    /** The officers and the quarters that lines of these agencies name. */
    async choices(agencies: readonly string[] | undefined): Promise<{
      readonly officers: readonly { readonly email: string; readonly name: string }[];
      readonly quarters: readonly string[];
    }> {
      const officers = await filtered({ agencies })
        .select((eb) => ['officer', eb.fn.max('officer_name').as('name')])
        .where('officer', '<>', none)
        .groupBy('officer')
        .orderBy('officer')
        .execute();
      const quarters = await filtered({ agencies })
        .select('quarter')
        .where('quarter', 'is not', null)
        .groupBy('quarter')
        .orderBy('quarter')
        .execute();
      return {
        officers: officers.map(({ officer, name }) => ({ email: officer, name })),
        quarters: quarters.flatMap(({ quarter }) => quarter ?? []),
      };
    },

    /** Lines whose titles hold at least `least` of the words, those with most of them first. */
    async withWords(
      words: readonly string[],
      least: number,
      limit: number,
    ): Promise<readonly Candidate[]> {
      const shared = sql<number>`(${sql.join(
        words.map((word) => sql`case when title_words like ${`% ${word} %`} then 1 else 0 end`),
        sql` + `,
      )})`;
      const rows = await db
        .selectFrom('inventory_line')
        .select(['dataset_id', 'title', 'publisher_id', 'state', 'title_words'])
        .where('state', '<>', 'withdrawn')
        .where(shared, '>=', least)
        .orderBy(shared, 'desc')
        .orderBy('dataset_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.dataset_id,
        title: row.title,
        publisher: row.publisher_id,
        state: row.state as DatasetState,
        titleWords: parted(row.title_words),
      }));
    },

    async clear(): Promise<void> {
      await db.deleteFrom('inventory_line').execute();
    },

    async remove(ids: readonly string[]): Promise<void> {
      for (let at = 0; at < ids.length; at += atOnce) {
        await db
          .deleteFrom('inventory_line')
          .where('dataset_id', 'in', ids.slice(at, at + atOnce))
          .execute();
      }
    },

    async insert(lines: readonly IndexedLine[]): Promise<void> {
      for (let at = 0; at < lines.length; at += atOnce) {
        await db
          .insertInto('inventory_line')
          .values(lines.slice(at, at + atOnce).map(toRow))
          .execute();
      }
    },

    /** Writes where datasets are ranked now; those without a score under `undefined`. */
    async setPriorities(ids: ReadonlyMap<number | undefined, readonly string[]>): Promise<void> {
      for (const [priority, some] of ids) {
        const priority_tenths = priority === undefined ? null : tenthsOf(priority);
        for (let at = 0; at < some.length; at += atOnce) {
          await db
            .updateTable('inventory_line')
            .set({ priority_tenths })
            .where('dataset_id', 'in', some.slice(at, at + atOnce))
            .execute();
        }
      }
    },

    /** Datasets that have no line yet. */
    async datasetsWithout(limit: number): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('dataset')
        .leftJoin('inventory_line', 'inventory_line.dataset_id', 'dataset.id')
        .select('dataset.id')
        .where('inventory_line.dataset_id', 'is', null)
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

/** What costs least is asked first: text is looked through last. */
function conditionsOf(filter: LineFilter): Expression<SqlBool>[] {
  const column = (name: keyof Tables['inventory_line']) => sql.ref(`inventory_line.${name}`);
  const equal = (name: keyof Tables['inventory_line'], value: string | number | undefined) =>
    value === undefined ? [] : [sql<SqlBool>`${column(name)} = ${value}`];
  const holds = (name: keyof Tables['inventory_line'], text: string) =>
    sql<SqlBool>`${column(name)} like ${`%${text}%`}`;
  const { agencies, theme, missing, dueFrom, dueTo, returned } = filter;
  return [
    ...(agencies
      ? [sql<SqlBool>`${column('publisher_id')} in (${sql.join([...agencies, none])})`]
      : []),
    ...equal('state', filter.state),
    ...equal('plan_year', filter.planYear),
    ...equal('quarter', filter.quarter),
    ...equal('officer', filter.officer),
    ...equal('due_kind', filter.dueKind),
    ...equal('returned', returned === undefined ? undefined : Number(returned)),
    ...(dueFrom === undefined ? [] : [sql<SqlBool>`${column('due')} >= ${dueFrom}`]),
    ...(dueTo === undefined ? [] : [sql<SqlBool>`${column('due')} <= ${dueTo}`]),
    ...(missing === 'any' ? [sql<SqlBool>`${column('missing_count')} > 0`] : []),
    ...(theme === undefined ? [] : [holds('themes', ` ${theme} `)]),
    ...(missing === undefined || missing === 'any'
      ? []
      : [
          sql<SqlBool>`(${holds('missing', ` ${missing} `)} or ${holds('advised', ` ${missing} `)})`,
        ]),
    ...(filter.words ?? []).map((word) => holds('words', ` ${word}`)),
  ];
}

/** The latest change first; the others by what is most urgent, with what has no day or figure at the end. */
const orderOf: Readonly<Record<LineOrder, RawBuilder<unknown>>> = {
  changed: sql`inventory_line.changed_at desc`,
  title: sql`inventory_line.title_sort`,
  due: sql`coalesce(inventory_line.due, '9999')`,
  priority: sql`coalesce(inventory_line.priority_tenths, -1) desc`,
  missing: sql`inventory_line.missing_count desc`,
  quality: sql`coalesce(quality.total, 9999)`,
};

function toRow(line: IndexedLine): Tables['inventory_line'] {
  return {
    dataset_id: line.id,
    publisher_id: line.publisher,
    state: line.state,
    title: line.title,
    title_sort: line.titleSort,
    title_words: joined(line.titleWords),
    words: joined(line.words),
    themes: joined(line.themes),
    plan_year: line.planYear ?? null,
    quarter: line.quarter ?? null,
    officer: line.officer ?? none,
    officer_name: line.officerName ?? none,
    missing: joined(line.missing),
    missing_count: line.missing.length,
    advised: joined(line.advised),
    due: line.due?.on ?? null,
    due_kind: line.due?.kind ?? null,
    returned: Number(line.returned),
    changed_at: line.changedAt,
    priority_tenths: line.priority === undefined ? null : tenthsOf(line.priority),
  };
}

function fromRow(row: Tables['inventory_line']): InventoryLine {
  return {
    id: row.dataset_id,
    publisher: row.publisher_id,
    state: row.state as DatasetState,
    title: row.title,
    themes: parted(row.themes),
    ...(row.plan_year !== null && { planYear: row.plan_year }),
    ...(row.quarter !== null && { quarter: row.quarter }),
    ...(row.officer !== none && { officer: row.officer }),
    ...(row.officer_name !== none && { officerName: row.officer_name }),
    missing: parted(row.missing),
    advised: parted(row.advised),
    ...(row.due !== null && { due: { kind: row.due_kind as DutyKind, on: row.due } }),
    ...(row.priority_tenths !== null && { priority: row.priority_tenths / 10 }),
    returned: row.returned === 1,
    changedAt: row.changed_at,
  };
}

function tenthsOf(priority: number): number {
  return Math.round(priority * 10);
}

/** ` a b `: each item stands between spaces. */
function joined(items: readonly string[]): string {
  return items.length === 0 ? none : ` ${items.join(' ')} `;
}

function parted(text: string): readonly string[] {
  return text.split(' ').filter((item) => item !== '');
}
