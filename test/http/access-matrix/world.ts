import { operator } from '../../../catalog/access/actor.ts';
import { addAccount, disableAccount } from '../../../catalog/access/manage-accounts.ts';
import { advanceDataset } from '../../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../../catalog/inventory/register-dataset.ts';
import { later } from '../../../catalog/kernel/clock.ts';
import type { DatasetState } from '../../../catalog/model/dataset.ts';
import type { Act, Role } from '../../../catalog/model/lifecycle.ts';
import { aDataset } from '../../support/builders.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { type WebClient, webClient } from '../../support/web-client.ts';
import { everyone, type Who } from './people.ts';

const password = 'bốn mùa hoa nở ven hồ';
const agency = 'so-xay-dung';

/** The server with everybody in it. */
export interface World {
  readonly server: TestServer;
  /** The bearer header of somebody; none for who has nothing. */
  readonly headers: Readonly<Record<Who, Readonly<Record<string, string>>>>;
  /** The browser of somebody, signed in as far as they are. */
  readonly browsers: Readonly<Record<Who, WebClient>>;
  readonly accounts: Readonly<Record<Who, string>>;
  /** A dataset of the agency that nobody else asks for. Gives its id. */
  dataset(state?: DatasetState): Promise<string>;
  /** An account that nobody else asks for. Gives its id. */
  account(): Promise<string>;
  /** How many acts the audit holds. */
  acts(): Promise<number>;
  close(): Promise<void>;
}

const grants: Readonly<Record<Who, { readonly role: Role; readonly agency?: string } | undefined>> =
  {
    anonymous: undefined,
    disabled: { role: 'administrator' },
    expired: { role: 'administrator' },
    editor: { role: 'editor', agency },
    approver: { role: 'approver', agency },
    'other editor': { role: 'editor', agency: 'so-y-te' },
    'other approver': { role: 'approver', agency: 'so-y-te' },
    coordinator: { role: 'coordinator' },
    administrator: { role: 'administrator' },
  };

const waysTo: Readonly<Partial<Record<DatasetState, readonly Act[]>>> = {
  draft: [],
  'in-review': ['submit'],
  approved: ['submit', 'approve'],
  published: ['submit', 'approve', 'publish'],
};

export async function startWorld(databaseUrl: string): Promise<World> {
  const server = await startServer(databaseUrl);
  const { product } = server;
  const headers: Partial<Record<Who, Readonly<Record<string, string>>>> = {};
  const browsers: Partial<Record<Who, WebClient>> = {};
  const accounts: Partial<Record<Who, string>> = {};
  let count = 0;

  for (const who of everyone) {
    headers[who] = await bearer(who);
    browsers[who] = webClient(server);
    accounts[who] = await signedInAs(who, browsers[who]);
  }
  await letGo();

  return {
    server,
    headers: headers as World['headers'],
    browsers: browsers as World['browsers'],
    accounts: accounts as World['accounts'],
    async dataset(state = 'draft') {
      count += 1;
      const id = `ban-ghi-${count}`;
      await registerDataset(aDataset({ id }), operator, product);
      for (const act of waysTo[state] ?? []) {
        await advanceDataset(id, act, undefined, operator, product);
      }
      return id;
    },
    async account() {
      count += 1;
      const input = { email: `nguoi-${count}@example.vn`, name: 'X', grants: [grants.editor] };
      return (await addAccount(input, password, operator, product)).id;
    },
    async acts() {
      const head = product.database.read.selectFrom('audit_head').select('seq');
      return Number((await head.executeTakeFirstOrThrow()).seq);
    },
    close: () => server.close(),
  };

  async function bearer(who: Who): Promise<Readonly<Record<string, string>>> {
    const grant = grants[who];
    if (!grant) return {};
    const { id, token } = await product.tokens.create({
      label: who,
      ...grant,
      ...(who === 'expired' && { expiresAt: later(product.clock(), -1000) }),
    });
    if (who === 'disabled') await product.tokens.revoke(id);
    return { Authorization: `Bearer ${token}` };
  }

  async function signedInAs(who: Who, browser: WebClient): Promise<string> {
    const grant = grants[who];
    await browser.get('/workspace/sign-in');
    if (!grant) return '';
    const email = `${who.replace(' ', '-')}@example.vn`;
    const account = await addAccount(
      { email, name: who, grants: [grant] },
      password,
      operator,
      product,
    );
    await browser.signIn(email, password);
    return account.id;
  }

  /** The disabled account is disabled, and the session of the expired one grows old. */
  async function letGo(): Promise<void> {
    await disableAccount(accounts.disabled ?? '', operator, product);
    await product.database.transaction((tx) =>
      tx
        .updateTable('session')
        .set({ seen_at: later(product.clock(), -3 * 3_600_000) })
        .where('account_id', '=', accounts.expired ?? '')
        .execute(),
    );
  }
}
