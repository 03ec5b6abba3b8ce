import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** The published schemas, where they are at hand. */
const schemas = join(projectRoot, '..', 'shared', 'dcat', 'schema');

interface Entry {
  readonly identifier: string;
  readonly [name: string]: unknown;
}

interface DataJson {
  readonly conformsTo: string;
  readonly dataset: readonly Entry[];
  readonly [name: string]: unknown;
}

describe.each(testDatabases())('/data.json on $name', ({ create }) => {
  let database: FreshDatabase;
  let server: TestServer;
  let document: DataJson;
  const entry = (id: string) => document.dataset.find(({ identifier }) => identifier === id);

  beforeAll(async () => {
    database = await create();
    server = await startServer(database.url);
    const { contactPoint, keyword, theme, modified, issued, temporal, ...bare } = aDataset({
      id: 'thieu',
      title: { en: 'Only English "here"' },
      description: { en: 'Words' },
      distribution: [
        {
          id: 'thieu-tep',
          accessURL: 'https://example.vn/tệp',
          downloadURL: 'https://example.vn/á.x',
        },
      ],
    });
    await server.publish(bare);
    await server.publish(aDataset({ id: 'mot', accrualPeriodicity: 'MONTHLY' }));
    await server.publish(
      aDataset({
        id: 'hai',
        identifier: 'mot',
        accrualPeriodicity: 'IRREG',
        accessRights: 'RESTRICTED',
        contactPoint: [{ fn: 'A' }, { fn: 'B', hasEmail: 'b@example.vn' }],
        distribution: [
          aDistribution({ id: 'hai-csv' }),
          { id: 'hai-api', accessURL: 'https://a.vn/' },
        ],
      }),
    );
    for (let index = 0; index < 120; index += 1) {
      await server.publish(aDataset({ id: `nhieu-${index}` }));
    }
    await server.publish(aDataset({ id: 'rut' }));
    const coordinator = await server.as('coordinator');
    await server.send('POST', '/api/v1/datasets/rut/withdraw', { reason: 'sai' }, coordinator);
    document = (await (await server.get('/data.json')).json()) as DataJson;
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('is one document of everything that is published, each once', () => {
    const ids = document.dataset.map(({ identifier }) => identifier);

    expect(document).toMatchObject({
      '@context': 'https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld',
      '@id': `${server.baseURL}/data.json`,
      '@type': 'dcat:Catalog',
      conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
    });
    expect(ids).toHaveLength(123);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain('rut');
  });

  it('says a dataset in the words of DCAT-US', () => {
    expect(entry('mot')).toMatchObject({
      '@type': 'dcat:Dataset',
      title: 'Danh mục tuyến xe buýt',
      description: 'Tuyến, lộ trình và tần suất.',
      keyword: ['xe buýt'],
      publisher: { '@type': 'org:Organization', name: 'Sở Xây dựng' },
      contactPoint: { '@type': 'vcard:Contact', hasEmail: 'mailto:bus@example.vn' },
      accessLevel: 'public',
      accrualPeriodicity: 'R/P1M',
      temporal: '2020-01-01/2025-12-31',
      license: expect.stringMatching(/^https:\/\/creativecommons\.org\//),
      landingPage: `${server.baseURL}/dataset/mot`,
      distribution: [{ '@type': 'dcat:Distribution', mediaType: 'text/csv', format: 'CSV' }],
    });
  });

  it.each([
    { id: 'hai', says: { accrualPeriodicity: 'irregular', accessLevel: 'restricted public' } },
    { id: 'hai', says: { contactPoint: { fn: 'A', hasEmail: 'mailto:b@example.vn' } } },
    { id: 'thieu', says: { title: 'Only English "here"', keyword: ['Only English "here"'] } },
    {
      id: 'thieu',
      says: {
        distribution: [
          {
            downloadURL: 'https://example.vn/%C3%A1.x',
            accessURL: 'https://example.vn/t%E1%BB%87p',
            mediaType: 'application/octet-stream',
          },
        ],
      },
    },
  ])('makes the best of $id: $says', ({ id, says }) => {
    expect(entry(id)).toMatchObject(says);
  });

  it('invents no federal codes', () => {
    expect(document.dataset.flatMap(Object.keys)).not.toContain('bureauCode');
    expect(document.dataset.flatMap(Object.keys)).not.toContain('programCode');
  });

  it.runIf(existsSync(schemas))('passes the published schema, but for the federal codes', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const dataset = readSchema('datajson-1.1-federal_dataset.json');
    const required = (dataset['required'] as string[]).filter((name) => !name.endsWith('Code'));
    ajv.addSchema({ ...dataset, required });
    const validate = ajv.compile(readSchema('datajson-1.1-catalog.json'));

    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has in each dataset what DCAT-US requires', () => {
    const required = ['title', 'description', 'keyword', 'modified', 'publisher', 'contactPoint'];
    for (const dataset of document.dataset) {
      for (const name of [...required, 'identifier', 'accessLevel']) {
        expect(dataset[name], `${dataset.identifier} ${name}`).toBeTruthy();
      }
    }
  });

  it('answers HEAD and 304', async () => {
    const head = await server.send('HEAD', '/data.json');
    const etag = head.headers.get('etag') ?? '';
    const again = await server.get('/data.json', { 'If-None-Match': etag });

    expect(head.headers.get('content-type')).toBe('application/json');
    expect(await head.text()).toBe('');
    expect(again.status).toBe(304);
  });
});

function readSchema(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(schemas, name), 'utf8')) as Record<string, unknown>;
}
