import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { audit, launchBrowser } from '../support/browser.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const year = '2026';
const password = 'hoa sữa thơm suốt phố Nguyễn Du';
const ids = ['tuyen-xe', 'diem-do'] as const;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  const { product } = server;
  const grants = [{ role: 'coordinator' as const }];
  await addAccount(
    { email: 'dp@example.vn', name: 'Điều phối', grants },
    password,
    operator,
    product,
  );
  await savePlan(year, { title: { vi: 'Kế hoạch' } }, 0, operator, product);
  for (const id of ids) {
    const inventory = { release: { plan: year, due: `${year}-Q1` } };
    await registerDataset(aDataset({ id, title: { vi: id }, inventory }), operator, product);
  }
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function board(page: Page): Promise<void> {
  await page.goto(`${server.baseURL}/workspace/plans/${year}/board`);
  await page.locator('#email').fill('dp@example.vn');
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await page.waitForURL(/\/board$/);
}

async function dueOf(id: string): Promise<string | undefined> {
  const found = await datasetRepository(server.product.database.current).find(id);
  return found?.record.inventory?.release?.due;
}

it('a board of a plan is moved by dragging, by keyboard with a reason, and without JavaScript', async () => {
  const { product } = server;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await board(page);
  await page.locator('#card-tuyen-xe').dragTo(page.locator('[data-quarter="2026-Q3"]'));
  await page.waitForURL(/done=moved/);
  expect(await dueOf('tuyen-xe')).toBe('2026-Q3');

  await decideProposals(year, ids, { act: 'accept' }, operator, product);
  await issuePlan(year, { number: '1/QĐ-UBND', date: '2026-01-15' }, operator, product);
  await page.goto(`${server.baseURL}/workspace/plans/${year}/board`);
  expect(await audit(page)).toEqual([]);
  await page.locator('#card-tuyen-xe').dragTo(page.locator('[data-quarter="2026-Q4"]'));
  await page.keyboard.type('Chờ số liệu quý III.');
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=moved/);
  expect(await dueOf('tuyen-xe')).toBe('2026-Q4');

  const plain = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 800 },
  });
  const noScript = await plain.newPage();
  await board(noScript);
  const card = noScript.locator('#card-diem-do');
  await card.locator('summary').click();
  await card.getByLabel('Sang quý').selectOption('2026-Q2');
  await card.getByLabel('Lý do').fill('Đợi rà soát.');
  await card.getByRole('button').click();
  await noScript.waitForURL(/done=moved/);
  expect(await dueOf('diem-do')).toBe('2026-Q2');
  await plain.close();
}, 60_000);
