import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAddress } from '../../../server/jobs/ask-address.ts';
import { type LinkServer, startLinkServer } from '../../support/link-server.ts';

const now = () => '2026-11-24T05:00:00.000Z';
const userAgent = 'Khue (+https://data.example.vn; link check)';

describe('an address that is asked', () => {
  let server: LinkServer;

  beforeAll(async () => {
    server = await startLinkServer();
  });
  afterAll(() => server.close());

  const ask = (path: string, allowIPAddressList = ['127.0.0.1']) =>
    askAddress(`${server.url}${path}`, now, { userAgent, allowIPAddressList, timeoutMs: 1000 });

  it.each([
    ['/tep.csv', { status: 200 }],
    ['/di', { status: 200 }],
    ['/khong-head', { status: 206 }],
    ['/khong-co', { status: 404 }],
    ['/loi', { status: 500 }],
    ['/vong', { error: 'too-many-redirects' }],
    ['/vao-trong', { error: 'address-not-public' }],
    ['/cham', { error: 'timeout' }],
    ['/ngat', { error: 'broken-off' }],
  ])('%s gives %j', async (path, expected) => {
    expect(await ask(path)).toEqual({ url: `${server.url}${path}`, checkedAt: now(), ...expected });
  });

  it.each([
    'http://127.0.0.1:PORT/tep.csv',
    'http://localhost:PORT/tep.csv',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.1.2.3/',
    'http://192.168.1.1/',
    'http://[fd00::1]/',
    'http://0.0.0.0:PORT/',
  ])('is not asked at %s, which is inside', async (address) => {
    const before = server.requests();
    const url = address.replace('PORT', new URL(server.url).port);
    const check = await askAddress(url, now, { userAgent, timeoutMs: 1000 });
    expect(check.error).toBe('address-not-public');
    expect(server.requests()).toBe(before);
  });

  it.each(['ftp://example.vn/a.csv', 'file:///etc/passwd', 'javascript:alert(1)', 'http://', ''])(
    'is not asked at “%s”, which is no web address',
    async (url) => {
      expect(await askAddress(url, now, { userAgent })).toMatchObject({ error: 'scheme-unknown' });
    },
  );
});
