import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { titleSortKey } from '../../catalog/kernel/vietnamese-order.ts';

const titles = [
  'An toàn',
  'Ăn uống',
  'Dân số',
  'Đất đai',
  'Tài chính',
  'Ủy ban',
  'Vận tải',
  'Xe buýt',
  'Yên bình',
];

describe('the title order on PostgreSQL', () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client({ connectionString: inject('postgresUrl') });
    await client.connect();
  });
  afterAll(() => client.end());

  it.each(['C', 'en-x-icu', 'vi-x-icu', 'und-x-icu'])(
    'does not depend on the collation that the server has, such as %s',
    async (collation) => {
      const { rows } = await client.query<{ title: string }>(
        `select title from unnest($1::text[], $2::text[]) as t(title, key) order by key collate "${collation}"`,
        [[...titles].reverse(), [...titles].reverse().map(titleSortKey)],
      );

      expect(rows.map(({ title }) => title)).toEqual(titles);
    },
  );
});
