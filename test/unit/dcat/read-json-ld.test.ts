import { describe, expect, it } from 'vitest';
import { loadContext } from '../../../catalog/dcat/context.ts';
import { jsonLdReader } from '../../../catalog/dcat/read-json-ld.ts';

const own = 'https://data.example.vn/context.jsonld';
const read = jsonLdReader(loadContext('https://data.example.vn'), own);
const title = 'http://purl.org/dc/terms/title';
const dataset = 'https://nguon.example/dataset/1';

/** One statement in the shapes in which JSON-LD may say it. */
const shapes: Readonly<Record<string, unknown>> = {
  'our own context': { '@context': own, id: dataset, title: { vi: 'Xe buýt' } },
  'the context of DCAT-AP': {
    '@context': 'https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld',
    '@id': dataset,
    '@type': 'Dataset',
    title: { '@value': 'Xe buýt', '@language': 'vi' },
  },
  'the context of DCAT-AP HVD': {
    '@context': 'https://semiceu.github.io/DCAT-AP/releases/3.0.0-hvd/context/hvd.jsonld',
    '@id': dataset,
    'dct:title': { '@value': 'Xe buýt', '@language': 'vi' },
  },
  'expanded form': [{ '@id': dataset, [title]: [{ '@value': 'Xe buýt', '@language': 'vi' }] }],
  'flattened form': {
    '@graph': [{ '@id': dataset, [title]: [{ '@value': 'Xe buýt', '@language': 'vi' }] }],
  },
  'a context of its own': {
    '@context': { ten: { '@id': title, '@language': 'vi' } },
    '@id': dataset,
    ten: 'Xe buýt',
  },
};

describe('JSON-LD', () => {
  it.each(Object.keys(shapes))('is read in %s', async (shape) => {
    const quads = await read(JSON.stringify(shapes[shape]), 'https://nguon.example/');
    const [found] = quads.filter(({ predicate }) => predicate.value === title);

    expect(found?.subject.value).toBe(dataset);
    expect(found?.object.id).toBe('"Xe buýt"@vi');
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:8080/context.jsonld',
    'file:///etc/passwd',
    '__proto__',
  ])('fetches no context from %s, and says so by its name', async (context) => {
    const document = JSON.stringify({ '@context': context, '@id': dataset, title: 'x' });

    await expect(read(document, 'https://nguon.example/')).rejects.toThrow(
      context === '__proto__' ? 'https://nguon.example/__proto__' : context,
    );
  });
});
