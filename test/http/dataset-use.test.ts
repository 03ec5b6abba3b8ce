import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution, anAgency } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const run = promisify(execFile);
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  const coordinator = await server.as('coordinator');
  const files = [
    { id: 'bang', format: 'CSV', mediaType: 'text/csv', content: 'tên,số\nBa Đình,1\nHà Đông,2\n' },
    { id: 'json', format: 'JSON', mediaType: 'application/json', content: '{"a":1,"b":2}' },
  ];
  for (const { id, format, mediaType, content } of files) {
    const distribution = [aDistribution({ id: `${id}-tep`, format, mediaType })];
    await server.publish(aDataset({ id, distribution, version: '2.1' }));
    await server.send(
      'PUT',
      `/api/v1/datasets/${id}/distributions/${id}-tep/file?filename=d'${id}.${format.toLowerCase()}`,
      content,
      { ...coordinator, 'Content-Type': mediaType },
    );
  }
});
afterAll(() => server.close());

/** The lines that the page of a dataset offers for a language. */
async function snippet(id: string, name: string): Promise<string> {
  const html = await (await server.get(`/dataset/${id}`)).text();
  const found = html
    .split('<details name="snippet"')
    .find((part) => part.includes(`<summary>${name}<`));
  const code = /<code>([\s\S]*?)<\/code>/.exec(found ?? '')?.[1] ?? '';
  const signs: Readonly<Record<string, string>> = {
    lt: '<',
    gt: '>',
    amp: '&',
    '#34': '"',
    '#39': "'",
  };
  return code.replace(/&(lt|gt|amp|#34|#39);/g, (_whole, sign: string) => signs[sign] ?? '');
}

describe('the lines that a dataset’s page offers', () => {
  it.each([
    { id: 'bang', prints: '2 {' },
    { id: 'json', prints: "<class 'dict'> 2" },
  ])('run in Python for $id', async ({ id, prints }) => {
    const { stdout } = await run('python3', ['-c', await snippet(id, 'Python')]);

    expect(stdout).toContain(prints);
  });

  it.each([
    { id: 'bang', prints: '3 tên,số' },
    { id: 'json', prints: "[ 'a', 'b' ]" },
  ])('run in JavaScript for $id', async ({ id, prints }) => {
    const code = await snippet(id, 'JavaScript');
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);

    expect(stdout).toContain(prints);
  });

  it('run in a shell, whatever a file is called', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khue-curl-'));
    try {
      const { stdout } = await run('bash', ['-ec', await snippet('bang', 'curl')], { cwd: folder });

      expect(await readdir(folder)).toHaveLength(1);
      expect(stdout).toContain('dcat:Dataset');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('name the file to R and to Excel', async () => {
    expect(await snippet('bang', 'R')).toContain('read.csv("http');
    expect(await snippet('bang', 'Excel (Power Query)')).toContain(
      'Csv.Document(Web.Contents("http',
    );
    expect(await snippet('json', 'R')).toContain('jsonlite::fromJSON("http');
  });
});

describe('the citation of a dataset', () => {
  it('is had as BibTeX, with what TeX would take for signs escaped', async () => {
    await server.publish(aDataset({ id: 'dau', title: { vi: '100% {đất} & nước_1' } }));
    const answer = await server.get('/dataset/dau/citation.bib');
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toBe('application/x-bibtex; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('dau.bib');
    expect(text).toContain('@dataset{dau,');
    expect(text).toContain('title = {{100\\% \\{đất\\} \\& nước\\_1}}');
    expect(text).toContain(`url = {${server.baseURL}/dataset/dau}`);
  });

  it('is had as RIS, in the language of the address', async () => {
    const text = await (await server.get('/en/dataset/bang/citation.ris')).text();
    const lines = text.split('\r\n');

    expect(lines[0]).toBe('TY  - DATA');
    expect(lines).toContain('TI  - Bus routes');
    expect(lines).toContain(`PB  - ${anAgency().name['en']}`);
    expect(lines).toContain('DA  - 2026/11/01');
    expect(lines).toContain('ET  - 2.1');
    expect(lines.slice(-2)).toEqual(['ER  - ', '']);
  });

  it('is not had of what is not there', async () => {
    expect((await server.get('/dataset/khong-co/citation.bib')).status).toBe(404);
  });
});

describe('the page of an address that is not there', () => {
  it('names what may have been meant, and begins a search with its words', async () => {
    await server.publish(
      aDataset({ id: 'cau-vuot', title: { vi: 'Cầu vượt dành cho người đi bộ' } }),
    );
    const answer = await server.get('/dataset/cau-vuot-nguoi-di-bo', { Accept: 'text/html' });
    const html = await answer.text();

    expect(answer.status).toBe(404);
    expect(html).toContain('<a href="/dataset/cau-vuot">');
    expect(html).toContain('value="cau vuot nguoi di bo"');
  });

  it('says nothing more to a client that takes no pages', async () => {
    const answer = await server.get('/dataset/cau-vuot-nguoi', { Accept: 'application/json' });

    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a page that is shared', () => {
  it('brings a title, a line of what it is, and a picture that other sites may show', async () => {
    const html = await (await server.get('/dataset/bang')).text();
    const picture = /property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const { status, headers } = await fetch(picture);

    expect(html).toContain('property="og:title" content="Danh mục tuyến xe buýt');
    expect(html).toContain('property="og:description" content="Tuyến, lộ trình và tần suất."');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });
});

describe('related datasets', () => {
  it('are those with a theme and rare words in common, and never the dataset itself', async () => {
    const id = 'ben-xe';
    await server.publish(
      aDataset({ id, title: { vi: 'Bến phà Chương Dương' }, keyword: { vi: ['phà'] } }),
    );
    const other = { title: { vi: 'Lịch phà' }, keyword: { vi: ['phà'] } };
    await server.publish(aDataset({ id: 'lich-pha', ...other }));
    await server.publish(
      aDataset({ id: 'rac', title: { vi: 'Điểm thu gom rác' }, keyword: { vi: ['rác'] } }),
    );
    const html = await (await server.get(`/dataset/${id}`)).text();
    const related = html.split('id="related"')[1]?.split('</section>')[0] ?? '';

    expect(related).toContain('/dataset/lich-pha"');
    expect(related).not.toContain(`/dataset/${id}"`);
    expect(related).not.toContain('/dataset/rac"');
  });
});
