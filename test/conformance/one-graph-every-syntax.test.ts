import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { joinFragments } from '../../catalog/publication/feed-document.ts';
import { syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import { aDataset } from '../support/builders.ts';
import { canonical } from '../support/canonical.ts';

const describer = createDescriber('https://data.example.vn');

const nasty = fc
  .array(
    fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\t',
      '&',
      '<',
      '>',
      "'",
      ']]>',
      'Đường',
      'e\u0302\u0301',
      '🚌',
      ' ',
      '{',
      '@',
      'x',
      '^^',
      '\r',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => `a${parts.join('')}`);
const langText = fc.record({ vi: nasty, en: nasty }, { requiredKeys: ['vi'] });
const temporal = fc.constantFrom(
  '2024',
  '2024-03',
  '2024-03-31',
  '2024-03-31T08:00:00+07:00',
  '2024-03-31T08:00:00.123Z',
);
const iri = fc.constantFrom(
  'https://example.vn/a?b=c&d=%20',
  'https://example.vn/ngân-sách',
  'urn:uuid:0',
  'http://example.vn/#x',
);
const link = fc.constantFrom(
  'https://example.vn/a?b=c&d=%20',
  'https://example.vn/ngân-sách',
  'ftp://example.vn/x.csv',
);
const once = <Value>(value: fc.Arbitrary<Value>) =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 3 });

const distribution = fc.record(
  {
    title: langText,
    description: langText,
    downloadURL: link,
    format: fc.constantFrom('CSV', 'JSON', 'http://example.vn/format/x'),
    mediaType: fc.constantFrom('text/csv', 'application/vnd.ms-excel'),
    license: fc.constantFrom('CC_BY_4_0', 'https://example.vn/licence'),
    rights: fc.record({ label: langText }),
    byteSize: fc.nat(),
    checksum: fc.record({
      algorithm: fc.constantFrom('sha256', 'md5'),
      checksumValue: fc.constant('00ff'),
    }),
    issued: temporal,
    modified: temporal,
    language: once(fc.constantFrom('VIE', 'ENG')),
    availability: fc.constant('STABLE'),
    status: fc.constant('COMPLETED'),
    conformsTo: once(iri),
    page: once(link),
    accessService: once(iri),
    compressFormat: fc.constant('application/gzip'),
    packageFormat: fc.constant('application/zip'),
    applicableLegislation: once(iri),
    temporalResolution: fc.constant('PT1H'),
    spatialResolutionInMeters: fc.constantFrom(10, 0.5, 1000.25),
  },
  { requiredKeys: [] },
);

const dataset = fc.record(
  {
    title: langText,
    description: langText,
    identifier: nasty,
    contactPoint: fc.oneof(
      fc.record(
        {
          fn: nasty,
          hasEmail: fc.constant('a@example.vn'),
          hasTelephone: fc.constant('+84 24 1234'),
        },
        { requiredKeys: ['fn'] },
      ),
      fc.array(fc.record({ fn: nasty, hasURL: link }, { requiredKeys: ['fn'] }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    creator: once(fc.constantFrom('so-y-te', 'title', 'https://example.vn/agent')),
    theme: once(fc.constantFrom('TRAN', 'ENVI', 'http://example.vn/theme')),
    keyword: fc.record({ vi: once(nasty), en: once(nasty) }, { requiredKeys: ['vi'] }),
    type: once(fc.constantFrom('STATISTICAL', 'GEOSPATIAL')),
    accessRights: fc.constantFrom('PUBLIC', 'RESTRICTED'),
    accrualPeriodicity: fc.constantFrom('MONTHLY', 'IRREG'),
    issued: temporal,
    modified: temporal,
    language: once(fc.constantFrom('VIE', 'ENG')),
    spatial: fc.array(
      fc.oneof(
        iri,
        fc.record({
          prefLabel: langText,
          geometry: fc.constant('POINT(105.8 21)'),
          bbox: fc.constant('POLYGON((1 2,3 4,1 2))'),
        }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    temporal: fc.array(
      fc.record({
        startDate: fc.constantFrom('2020', '2020-01-01'),
        endDate: fc.constantFrom('2021', '2021-02'),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    temporalResolution: fc.constant('P1D'),
    spatialResolutionInMeters: fc.constantFrom(10, 2.5),
    landingPage: once(link),
    page: once(link),
    conformsTo: once(iri),
    provenance: fc.record({ label: langText }),
    version: nasty,
    versionNotes: langText,
    inSeries: once(fc.constantFrom('ngan-sach', 'https://example.vn/series')),
    source: once(iri),
    relation: once(iri),
    isReferencedBy: once(iri),
    hasVersion: once(iri),
    applicableLegislation: once(iri),
    hvdCategory: once(fc.constant('c_dd313021')),
    distribution: fc.array(distribution, { minLength: 1, maxLength: 3 }).map((list) =>
      list.map((item, index) => ({
        id: `d-${index}`,
        accessURL: 'https://example.vn/x',
        ...item,
      })),
    ),
    inventory: fc.constant({ note: 'không công bố', release: { plan: '2026', due: '2026-Q3' } }),
  },
  { requiredKeys: ['title'] },
);

const record = dataset.map(
  (some) => ({ id: 'tap', publisher: 'so-xay-dung', ...some }) as DatasetRecord,
);

describe('a record in every syntax', () => {
  it('is the same graph to parsers that are not ours, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(record, async (each) => {
        expect(validateDataset(each, 'draft')).toEqual([]);
        const forms = describer.forms(describer.datasetNode(each), each.id);
        const graphs = await Promise.all(
          syntaxes.map(({ syntax }) =>
            canonical(joinFragments(syntax, [forms[syntax]], describer), syntax, describer.context),
          ),
        );
        expect(new Set(graphs).size).toBe(1);
        expect(forms.nt).not.toContain('không công bố');
      }),
      { numRuns: 150 },
    );
  });

  it('can stand with others under one head', async () => {
    const records = ['mot', 'hai', 'ba'].map((id) => aDataset({ id }));
    const all = records.map((each) => describer.forms(describer.datasetNode(each), each.id));
    const graphs = await Promise.all(
      syntaxes.map(({ syntax }) =>
        canonical(
          joinFragments(
            syntax,
            all.map((forms) => forms[syntax]),
            describer,
          ),
          syntax,
          describer.context,
        ),
      ),
    );

    expect(new Set(graphs).size).toBe(1);
  });

  it('is written the same way every time', () => {
    const write = () => describer.forms(describer.datasetNode(aDataset()), 'tuyen-xe-buyt');

    expect(write()).toEqual(write());
  });

  it.each([
    { written: '2024', datatype: 'gYear' },
    { written: '2024-03', datatype: 'gYearMonth' },
    { written: '2024-03-31', datatype: 'date' },
    { written: '2024-03-31T08:00:00Z', datatype: 'dateTime' },
  ])('types $written as xsd:$datatype', ({ written, datatype }) => {
    const { nt } = describer.forms(describer.datasetNode(aDataset({ issued: written })), 'x');

    expect(nt).toContain(`"${written}"^^<http://www.w3.org/2001/XMLSchema#${datatype}>`);
  });
});
