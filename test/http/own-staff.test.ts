import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getMetrics } from '../../catalog/usage/metrics.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer(undefined, async () => ({
    TRUST_PROXY: '1',
    USAGE_OWN_NETWORKS: '203.0.113.0/24, 2001:db8:7::/48',
  }));
  await server.publish(aDataset());
});
afterAll(() => server.close());

describe('a use from one of the catalogue’s own networks', () => {
  it.each([
    { from: '203.0.113.9', isStaff: true },
    { from: '203.0.114.9', isStaff: false },
    { from: '::ffff:203.0.113.77', isStaff: true },
    { from: '2001:db8:7:1::5', isStaff: true },
    { from: '2001:db8:8::5', isStaff: false },
    // What a client writes before its own proxy is not believed.
    { from: '203.0.113.9, 198.51.100.4', isStaff: false },
  ])('$from is kept and counted as such: $isStaff', async ({ from, isStaff }) => {
    const before = await counted();
    const headers = { 'X-Forwarded-For': from, 'User-Agent': 'curl/8.5.0' };
    await (await server.get('/api/v1/datasets/tuyen-xe-buyt', headers)).text();
    await server.product.usage.flush();
    const after = await counted();

    expect(after.raw - before.raw).toBe(1);
    expect(after.count - before.count).toBe(isStaff ? 0 : 1);
    expect(after.staff - before.staff).toBe(isStaff ? 1 : 0);
  });
});

async function counted() {
  const { totals, raw, removed } = await getMetrics({}, 'day', server.product.database.current);
  return { count: totals.api, raw: raw.api, staff: removed['staff'] ?? 0 };
}
