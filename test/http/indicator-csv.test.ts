import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledCriteria } from '../../catalog/criteria/bundled-criteria.ts';
import type { CriterionUnit } from '../../catalog/model/criterion.ts';
import { fillWithDemo } from '../../server/commands/demo.ts';
import { labelOf, writeValue } from '../../server/pages/indicator-view.ts';
import { createPageContext } from '../../server/pages/page-context.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Row {
  readonly period: string;
  readonly unit: CriterionUnit;
  readonly value: string;
}

/** A chart as a reader meets it: how many values are drawn, the same in words, and the link to the figures beside it. */
interface Drawn {
  readonly dots: number;
  readonly words: string;
  readonly csv: string;
}

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await fillWithDemo(server.product);
}, 240_000);
afterAll(() => server.close());

const read = async (path: string) => (await server.get(path, { Accept: 'text/html' })).text();

async function tableOf(csv: string): Promise<readonly Row[]> {
  const answer = await server.get(csv.replace(server.baseURL, ''));
  expect([csv, answer.status]).toEqual([csv, 200]);
  expect(answer.headers.get('content-type'), csv).toMatch(/^text\/csv/);
  return parse<Row>(await answer.text(), { columns: true, bom: true });
}

describe.each(['vi', 'en'] as const)('the pages of the indicators in %s', (lang) => {
  const context = createPageContext(lang, { baseURL: '', path: '/', asset: String });
  const pages = async () => {
    const overview = await read(context.url('/indicators'));
    const links = attributes(overview, 'href').filter((href) => /indicators\/[a-z-]+\?/.test(href));
    return Promise.all(
      [overview, ...new Set(links)].map((at) => (at === overview ? at : read(at))),
    );
  };

  it('have the data of each trend as CSV: the values that are drawn', async () => {
    const charts = (await pages()).map(chartsOf);

    // The overview has them all; each has a page of its own.
    expect(charts).toHaveLength(bundledCriteria.length + 1);
    expect(charts[0]?.length).toBeGreaterThan(bundledCriteria.length / 2);
    expect(charts.flat()).toHaveLength(2 * (charts[0]?.length ?? 0));
    for (const { dots, words, csv } of charts.flat()) {
      const valued = (await tableOf(csv)).filter(({ value }) => value !== '');
      const values = valued.map(({ period, value, unit }) =>
        [labelOf(period, context), writeValue(Number(value), unit, context)].join(' '),
      );
      expect(words.endsWith(`: ${values.join('; ')}`), `${csv} ${words}`).toBe(true);
      expect(dots, csv).toBe(valued.length);
    }
  });

  it('lead to nothing that is called CSV and is not', async () => {
    const links = (await pages()).flatMap((html) => attributes(html, 'href'));
    const csvLinks = new Set(links.filter((href) => href.includes('format=csv')));

    expect(csvLinks.size).toBeGreaterThan(bundledCriteria.length);
    for (const csv of csvLinks) await tableOf(csv);
  });
});

function chartsOf(html: string): readonly Drawn[] {
  const [, ...charts] = html.split('<svg class="trend"');
  return charts.map((text) => ({
    dots: [...text.matchAll(/ class="(?:dots|last)" d="([^"]*)"/g)].flatMap(([, path = '']) =>
      path.split('h0').slice(1),
    ).length,
    words: attributes(text, 'aria-label')[0] ?? '',
    csv: attributes(text, 'href').find((href) => href.includes('format=csv')) ?? '',
  }));
}

function attributes(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&'),
  );
}
