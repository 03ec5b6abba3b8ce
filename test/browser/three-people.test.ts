import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '../../catalog/access/actor.ts';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { launchBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

const password = 'hoa sữa thơm suốt phố Nguyễn Du';
const agency = 'so-xay-dung';
const people: readonly (readonly [name: string, grant: Grant])[] = [
  ['editor', { role: 'editor', agency }],
  ['approver', { role: 'approver', agency }],
  ['coordinator', { role: 'coordinator' }],
];

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  for (const [name, grant] of people) {
    const person = { email: `${name}@example.vn`, name, grants: [grant] };
    await addAccount(person, password, operator, server.product);
  }
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe.each([
  { how: 'with JavaScript', javaScriptEnabled: true, year: '2026', title: 'Điểm sạc xe điện' },
  { how: 'without JavaScript', javaScriptEnabled: false, year: '2027', title: 'Cây xanh đô thị' },
])('three people, $how', ({ javaScriptEnabled, year, title }) => {
  it('bring a dataset from its registration into the plan and into the open', async () => {
    const editor = await signedIn('editor');
    const approver = await signedIn('approver');
    const coordinator = await signedIn('coordinator');

    const desk = await register(editor);
    await press(editor, desk, 'Gửi phê duyệt');
    await returnIt(approver);
    await mend(editor);
    await press(editor, desk, 'Gửi phê duyệt');
    await approve(approver, desk);
    await issue(coordinator);

    expect(await onRoadmap()).toMatchObject({ status: 'in-preparation' });
    expect(await feed()).not.toContain(title);
    await press(editor, desk, 'Công bố');

    expect(await feed()).toContain(title);
    expect(await onRoadmap()).toMatchObject({ status: expect.stringMatching(/^released/) });
    await editor.getByRole('link', { name: 'Trang công khai', exact: true }).last().click();
    expect(await editor.locator('h1').textContent()).toContain(title);
    expect(await editor.locator('main').textContent()).toContain('Có toạ độ và công suất.');
    await Promise.all([editor, approver, coordinator].map((page) => page.context().close()));
  }, 180_000);

  async function signedIn(name: string): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled, baseURL: server.baseURL });
    const page = await context.newPage();
    await page.goto('/workspace');
    await page.locator('#email').fill(`${name}@example.vn`);
    await page.locator('#password').fill(password);
    await page.locator('#password').press('Enter');
    await page.waitForURL(/\/workspace$/);
    return page;
  }

  /** From the inventory's table to a draft that lacks nothing. Gives the address of its desk. */
  async function register(page: Page): Promise<string> {
    await page.getByRole('link', { name: 'Danh mục dữ liệu' }).click();
    await page.getByRole('link', { name: 'Đăng ký tập dữ liệu' }).first().click();
    await fill(page, '/title/vi', title);
    await fill(page, '/description/vi', 'Có toạ độ.');
    await fill(page, '/contactPoint/0/fn', 'Phòng Hạ tầng');
    await fill(page, '/distribution/0/accessURL', 'https://example.vn/du-lieu');
    await fill(page, '/inventory/release/plan', year);
    await fill(page, '/inventory/release/due', `${year}-Q4`);
    await page.locator('.form-end button[value=save]').click();
    await page.waitForURL(/done=saved/);
    return new URL(page.url()).pathname.replace(/\/edit$/, '');
  }

  async function press(page: Page, desk: string, label: string): Promise<void> {
    await page.goto(desk);
    await page.getByRole('button', { name: label, exact: true }).click();
    await page.waitForURL(/done=/);
  }

  async function approve(page: Page, desk: string): Promise<void> {
    await page.goto(desk);
    await page.getByLabel('Không có', { exact: true }).check();
    await page.getByRole('button', { name: 'Phê duyệt', exact: true }).click();
    await page.waitForURL(/done=approve/);
  }

  async function returnIt(page: Page): Promise<void> {
    await page.goto('/workspace');
    await page.getByRole('link', { name: title }).click();
    await page.getByText('Trả lại…').click();
    await page.getByLabel('Lý do').fill('Mô tả chưa nói tới công suất.');
    await page.getByRole('button', { name: 'Trả lại', exact: true }).click();
    await page.waitForURL(/done=return/);
  }

  async function mend(page: Page): Promise<void> {
    await page.goto('/workspace');
    const returned = page.locator('section', { hasText: 'Bị trả lại cho tôi' });
    await returned.getByRole('link', { name: title }).click();
    expect(await page.locator('.notice').last().textContent()).toContain('công suất');
    await page.getByRole('link', { name: 'Sửa bản ghi' }).click();
    await fill(page, '/description/vi', 'Có toạ độ và công suất.');
    await page.locator('.form-end button[value=save]').click();
    await page.waitForURL(/done=saved/);
  }

  async function issue(page: Page): Promise<void> {
    await page.goto('/workspace/plans');
    await page.locator('#year').fill(year);
    await page.locator('#vi').fill(`Kế hoạch công bố dữ liệu mở năm ${year}`);
    await page.getByRole('button', { name: 'Lập kế hoạch' }).click();
    await page.waitForURL(/done=planMade/);
    await page.getByLabel(`Chọn: ${title}`).check();
    await page.getByRole('button', { name: 'Chấp nhận những mục đã chọn' }).click();
    await page.waitForURL(/done=decided/);
    await page.locator('#number').fill(`12/QĐ-UBND-${year}`);
    await page.locator('#date').fill('2026-11-20');
    await page.getByRole('button', { name: 'Ban hành kế hoạch' }).click();
    await page.waitForURL(/done=planIssued/);
  }

  /** A field of the form, whose group may be folded. */
  async function fill(page: Page, name: string, value: string): Promise<void> {
    const field = page.locator(`[name="${name}"]`);
    if (!(await field.isVisible())) {
      for (const folded of await page.locator('details:not([open])', { has: field }).all()) {
        await folded.locator('summary').first().click();
      }
    }
    await field.fill(value);
  }

  /** What the public roadmap says of the dataset. */
  async function onRoadmap(): Promise<object | undefined> {
    const answer = await server.get(`/roadmap.json?year=${year}`);
    const { commitments } = (await answer.json()) as {
      readonly commitments: readonly { readonly title: Readonly<Record<string, string>> }[];
    };
    return commitments.find((commitment) => commitment.title['vi'] === title);
  }

  async function feed(): Promise<string> {
    return (await server.get('/catalog.ttl')).text();
  }
});
