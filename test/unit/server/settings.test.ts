import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/settings.ts';

describe('the settings', () => {
  it('start the product with nothing set', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      baseURL: 'http://127.0.0.1:3000',
      databaseURL: 'sqlite:data/khue.db',
    });
  });

  it.each([
    { name: 'PORT', value: 'abc' },
    { name: 'PORT', value: '70000' },
    { name: 'BASE_URL', value: 'data.hanoi.gov.vn' },
    { name: 'DATABASE_URL', value: 'mysql://x' },
    { name: 'LOG_LEVEL', value: 'loud' },
    { name: 'WEB_CONCURRENCY', value: '0' },
    { name: 'TRUST_PROXY', value: 'yes' },
    { name: 'REQUEST_WORKING_DAYS', value: '0' },
    { name: 'HOLIDAYS', value: '2027-02-30' },
    { name: 'SESSION_SECRET', value: 'short' },
    { name: 'OIDC_ISSUER', value: 'https://id.example.vn' },
    { name: 'SMTP_URL', value: 'smtp://mail.example.vn' },
    { name: 'MAIL_FROM', value: 'khong-tra-loi' },
    { name: 'MAIL_FROM', value: 'A <a@example.vn>\r\nBcc: <b@example.vn>' },
  ])('refuse $name=$value by its name', ({ name, value }) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });

  it('take a provider over HTTP on this machine alone', () => {
    const read = (issuer: string) =>
      readConfig({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'khue' }).oidcIssuer;

    expect(read('http://127.0.0.1:4000')).toBe('http://127.0.0.1:4000');
    expect(read('https://id.example.vn')).toBe('https://id.example.vn');
    expect(() => read('http://id.example.vn')).toThrow('OIDC_ISSUER');
  });

  it('take the sender of mail with and without a name, and tell no password', () => {
    const read = (from: string, url = 'smtp://u:mat-khau@mail.example.vn:587') =>
      readConfig({ SMTP_URL: url, MAIL_FROM: from });

    expect(read('Hà Nội <mo@example.vn>').mailFrom).toEqual({
      name: 'Hà Nội',
      address: 'mo@example.vn',
    });
    expect(read('mo@example.vn').mailFrom).toEqual({ name: '', address: 'mo@example.vn' });
    expect(() => read('mo@example.vn', 'http://u:mat-khau@mail.example.vn')).toThrow(
      /^(?!.*mat-khau).*SMTP_URL/,
    );
  });

  it('name everything that is wrong at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });

  it('take the slash off the end of the origin', () => {
    expect(readConfig({ BASE_URL: 'https://data.example.vn/' }).baseURL).toBe(
      'https://data.example.vn',
    );
  });
});
