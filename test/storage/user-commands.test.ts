import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';

const execute = promisify(execFile);

describe.each(testDatabases())('khue user and token on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let folder: string;

  beforeAll(async () => {
    fresh = await create();
    folder = await mkdtemp(join(tmpdir(), 'khue-user-'));
  });
  afterAll(async () => {
    await fresh.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('make, list, disable and enable an account', async () => {
    const made = await khue('user add --email An@Example.vn --name An --role administrator --json');
    expect(JSON.parse(made.out)).toMatchObject({
      email: 'an@example.vn',
      grants: [{ role: 'administrator' }],
      link: expect.stringMatching(/\/workspace\/link\?key=[\w-]{43}$/),
    });
    expect((await khue('user disable an@example.vn')).code).toBe(1);
    await khue('user add --email binh@example.vn --name Bình --role coordinator');
    const off = await khue('user disable binh@example.vn --json');
    expect(JSON.parse(off.out)).toHaveProperty('disabledAt');
    const list = JSON.parse((await khue('user list --json')).out) as { email: string }[];
    expect(list.map(({ email }) => email)).toEqual(['an@example.vn', 'binh@example.vn']);
    expect(JSON.parse((await khue('user enable binh@example.vn --json')).out)).not.toHaveProperty(
      'disabledAt',
    );
  }, 60_000);

  it.each([
    ['user add --email x@example.vn --name X --role king', 2, 'king'],
    ['user add --email x@example.vn --name X --role editor', 1, 'needs an agency'],
    ['user disable khong-co@example.vn', 1, 'khong-co@example.vn'],
    ['token create --role editor --agency khong-co', 1, 'khong-co'],
    ['token create --role coordinator --scope everything', 2, 'everything'],
    ['token create --role coordinator --expires 2027-02-30', 2, '2027-02-30'],
  ])('answer “%s” with %i and a line', async (words, code, says) => {
    const answer = await khue(words);

    expect(answer.code).toBe(code);
    expect(answer.err).toContain(says);
    expect(answer.err).not.toMatch(/\n\s+at /);
  });

  it('list tokens without showing them', async () => {
    const made = JSON.parse(
      (await khue('token create --role coordinator --scope datasets:read --json')).out,
    ) as { id: string; token: string };
    const { out } = await khue('token list --json');

    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ id: made.id, scopes: ['datasets:read'] }),
    );
    expect(out).not.toContain(made.token);
  });

  async function khue(words: string): Promise<{ code: number; out: string; err: string }> {
    const environment = { ...process.env, DATABASE_URL: fresh.url, DATA_DIR: folder, BASE_URL: '' };
    const command = [...cli, ...words.split(' ')];
    try {
      const { stdout, stderr } = await execute(process.execPath, command, { env: environment });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const failed = error as { code: number; stdout: string; stderr: string };
      return { code: failed.code, out: failed.stdout, err: failed.stderr };
    }
  }
});

describe('khue serve', () => {
  it('shows the link of the set-up while there is no account', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khue-serve-'));
    const server = spawn(process.execPath, [...cli, 'serve'], {
      env: {
        ...process.env,
        DATA_DIR: folder,
        PORT: '0',
        LOG_LEVEL: 'silent',
        DATABASE_URL: '',
        BASE_URL: '',
      },
    });
    try {
      let said = '';
      for await (const part of server.stderr) {
        said += String(part);
        if (said.includes('/workspace/link?key=')) break;
      }

      expect(said).toMatch(/\/workspace\/link\?key=[\w-]{43}\n/);
    } finally {
      server.kill('SIGTERM');
      await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('asks for SESSION_SECRET with PostgreSQL, before it touches the database', async () => {
    const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x', BASE_URL: '' };
    const started = execute(process.execPath, [...cli, 'serve'], {
      env,
    });

    await expect(started).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('SESSION_SECRET'),
    });
  });
});
