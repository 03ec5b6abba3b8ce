import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormField, formOf } from '../../../catalog/form/describe-form.ts';
import { fieldsOf, readForm } from '../../../catalog/form/form-values.ts';
import { schemas } from '../../../catalog/model/schemas.ts';
import { complete, hostile, objectsOfSchema, type Wish } from '../../support/schema-values.ts';

const form = formOf('dataset.schema.json');
const withInventory: Wish = {
  ...hostile,
  without: [],
  named: { ...hostile.named, 'inventory.schema.json/release': fc.constant({ plan: '2026' }) },
};

/** As a browser sends it: lines end with CRLF, and a field of one line holds none. */
function sentBy(fields: readonly (readonly [string, string])[], multiline: ReadonlySet<string>) {
  const sent = new URLSearchParams();
  for (const [name, value] of fields) {
    const isLong = multiline.has(name);
    sent.append(name, isLong ? value.replace(/\r\n?|\n/g, '\r\n') : value.replace(/[\r\n]/g, ''));
  }
  return sent;
}

/** Words of a list stand one a line, so that none of them can hold a line end. */
const filled: Wish = {
  ...complete,
  formats: { ...complete.formats, text: fc.constantFrom('Số liệu', 'Đường "ngõ" <1>', '2026') },
};

/** The names of the fields that have room for more than a line. */
function multilineNames(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const several = new Set(['area', 'lines', 'words', 'texts']);
  const walk = (fields: readonly FormField[], at: string) => {
    for (const field of fields) {
      const name = `${at}/${field.path.join('/')}`;
      if (several.has(field.kind)) names.add(name);
      const inner = (field.groups ?? []).flatMap((group) => group.fields);
      if (field.kind === 'object') walk(inner, name);
      if (field.kind === 'list') for (let n = 0; n < 5; n += 1) walk(inner, `${name}/${n}`);
    }
  };
  walk(
    form.flatMap(({ fields }) => fields),
    '',
  );
  const all = fieldsOf(form, value).map(([name]) => name);
  return new Set(all.filter((name) => names.has(name) || names.has(name.replace(/\/[^/]*$/, ''))));
}

describe('the form of a dataset', () => {
  it('asks for every property that a record may have, but for those that nobody fills in', () => {
    const asked = form.flatMap(({ fields }) => fields.map(({ path }) => path[0]));
    const all = Object.keys(schemas.get('dataset.schema.json')?.properties ?? {});

    expect(new Set(asked)).toEqual(
      new Set(all.filter((key) => !['id', 'iri', 'extras', 'included'].includes(key))),
    );
  });

  it('sent back as it was shown, leaves a record as it is to the letter', () => {
    fc.assert(
      fc.property(objectsOfSchema('dataset.schema.json', withInventory), (record) => {
        const sent = sentBy(fieldsOf(form, record), multilineNames(record));

        expect(readForm(form, record, sent)).toEqual(record);
      }),
      { numRuns: 300 },
    );
  });

  it('says all of a record that it shows: filled in anew, it is the same record', () => {
    fc.assert(
      fc.property(objectsOfSchema('dataset.schema.json', filled), (record) => {
        const {
          spatial: _s,
          hasPolicy: _p,
          contactPoint,
          distribution,
          ...shown
        } = record as {
          readonly spatial?: unknown;
          readonly contactPoint?: unknown;
          readonly hasPolicy?: unknown;
          readonly distribution?: readonly { readonly hasPolicy?: unknown }[];
        };
        const files = distribution?.map(({ hasPolicy: _policy, ...file }) => file);
        // One contact point needs no array around it.
        const one = [contactPoint].flat().length === 1 ? [contactPoint].flat()[0] : contactPoint;
        const whole = { ...shown, contactPoint: one, distribution: files };
        const sent = sentBy(fieldsOf(form, whole), multilineNames(whole));

        expect(readForm(form, {}, sent)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  const base = {
    id: 'a',
    title: { vi: 'A', fr: 'A' },
    publisher: 'so-y-te',
    spatial: ['http://sws.geonames.org/1581130/', { bbox: 'POINT(1 2)' }],
    distribution: [
      { id: 'a-1', accessURL: 'https://x.vn/1', extras: { 'https://x.vn/t': [{ '@value': 'x' }] } },
      { id: 'a-2', accessURL: 'https://x.vn/2' },
    ],
    inventory: { release: { plan: '2026', due: '2026-Q3' }, note: 'x' },
  };

  it.each([
    {
      does: 'changes one field and nothing beside it',
      sent: [['/title/vi', 'B']],
      to: { ...base, title: { vi: 'B', fr: 'A' } },
    },
    {
      does: 'empties a field, and what is around it once nothing is left',
      sent: [
        ['/inventory/note', ''],
        ['/inventory/release/plan', ''],
        ['/inventory/release/due', ''],
      ],
      to: (({ inventory: _gone, ...rest }) => rest)(base),
    },
    {
      does: 'removes an item of a list and keeps what the other holds unseen',
      sent: [
        ['/distribution', ''],
        ['/distribution', '0'],
        ['/distribution/0/accessURL', 'https://x.vn/neu'],
      ],
      to: {
        ...base,
        distribution: [{ ...base.distribution[0], accessURL: 'https://x.vn/neu' }],
      },
    },
    {
      does: 'leaves out an item that says nothing',
      sent: [
        ['/contactPoint', ''],
        ['/contactPoint', '0'],
        ['/contactPoint/0/fn', '  '],
      ],
      to: base,
    },
    {
      does: 'takes a single contact point without an array',
      sent: [
        ['/contactPoint', '0'],
        ['/contactPoint/0/fn', ' Phòng A '],
      ],
      to: { ...base, contactPoint: { fn: 'Phòng A' } },
    },
    {
      does: 'knows a place by its name, and keeps the shapes that no line can show',
      sent: [['/spatial', 'hà nội']],
      to: { ...base, spatial: [expect.stringMatching(/^http/), { bbox: 'POINT(1 2)' }] },
    },
    {
      does: 'reads numbers as either language writes them',
      sent: [['/spatialResolutionInMeters', '1.234,5']],
      to: { ...base, spatialResolutionInMeters: 1234.5 },
    },
    {
      does: 'leaves what is no number for the schema to refuse',
      sent: [['/spatialResolutionInMeters', 'năm']],
      to: { ...base, spatialResolutionInMeters: 'năm' },
    },
    {
      does: 'reads words a line each, once',
      sent: [['/keyword/vi', ' xe buýt\r\n\r\ntuyến\r\nxe buýt']],
      to: { ...base, keyword: { vi: ['xe buýt', 'tuyến'] } },
    },
    {
      does: 'unticks every box',
      sent: [['/theme', '']],
      to: base,
    },
    {
      does: 'is not fooled by names that are no fields',
      sent: [
        ['/__proto__/x', '1'],
        ['/title/__proto__', 'x'],
        ['/distribution/99999/id', 'x'],
        ['/id', 'b'],
      ],
      to: base,
    },
  ])('$does', ({ sent, to }) => {
    const fields = new URLSearchParams();
    for (const [name = '', value = ''] of sent) fields.append(name, value);

    expect(readForm(form, base, fields)).toEqual(to);
  });
});
