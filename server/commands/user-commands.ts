import type { Command } from 'commander';
import type { Account } from '../../catalog/access/account-repository.ts';
import { accountRepository } from '../../catalog/access/account-repository.ts';
import { type Grant, operator } from '../../catalog/access/actor.ts';
import {
  disableAccount,
  enableAccount,
  inviteAccount,
  renewLink,
} from '../../catalog/access/manage-accounts.ts';
import { roles } from '../../catalog/model/lifecycle.ts';
import type { Product } from '../compose.ts';
import { print, say, UsageError } from './output.ts';
import { withProduct } from './with-product.ts';

interface AddOptions {
  readonly email: string;
  readonly name: string;
  readonly role: readonly Grant[];
  readonly json: boolean;
}

/** `khue user …`: accounts, for whoever can run commands on the server. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('Accounts of the workspace.');

  user
    .command('add')
    .description('Make an account; gives the link through which its owner sets a password.')
    .requiredOption('--email <address>', 'the name to sign in with')
    .requiredOption('--name <text>', 'as revisions and the audit show it')
    .requiredOption(
      '--role <role[:agency]>',
      `${roles.join(', ')}; editors and approvers with their agency, editor:so-y-te; may be repeated`,
      readGrant,
    )
    .option('--json', 'answer as JSON', false)
    .action(({ email, name, role, json }: AddOptions) =>
      withProduct(async (product) => {
        const input = { email, name, grants: role };
        const { account, key } = await inviteAccount(input, operator, product);
        tellLink(account, key, json, product);
        return 0;
      }),
    );

  user
    .command('list')
    .description('Show the accounts.')
    .option('--json', 'answer as JSON', false)
    .action(({ json }: { json: boolean }) =>
      withProduct(async ({ database }) => {
        const accounts = await accountRepository(database.current).list();
        print(json ? JSON.stringify(accounts.map(shown)) : accounts.map(line).join('\n'));
        return 0;
      }),
    );

  user
    .command('link')
    .description('Make a new link to set a password.')
    .argument('<email>')
    .option('--json', 'answer as JSON', false)
    .action((email: string, { json }: { json: boolean }) =>
      withProduct(async (product) => {
        const account = await accountRepository(product.database.current).findByEmail(email);
        if (!account) return noAccount(email);
        const { key } = await renewLink(account.id, operator, product);
        tellLink(account, key, json, product);
        return 0;
      }),
    );

  for (const [verb, change, what] of [
    ['disable', disableAccount, 'Let an account in no more; its sessions end at once.'],
    ['enable', enableAccount, 'Let an account in again.'],
  ] as const) {
    user
      .command(verb)
      .description(what)
      .argument('<email>')
      .option('--json', 'answer as JSON', false)
      .action((email: string, { json }: { json: boolean }) =>
        withProduct(async (product) => {
          const accounts = accountRepository(product.database.current);
          const before = await accounts.findByEmail(email);
          if (!before) return noAccount(email);
          await change(before.id, operator, product);
          const after = (await accounts.find(before.id)) ?? before;
          print(json ? JSON.stringify(shown(after)) : line(after));
          return 0;
        }),
      );
  }
}

/** `editor:so-y-te`, gathered with those before it. */
function readGrant(written: string, before: readonly Grant[] = []): readonly Grant[] {
  const [name = '', agency] = written.split(':');
  const role = roles.find((known) => known === name);
  if (role) return [...before, { role, ...(agency && { agency }) }];
  throw new UsageError(`--role must be one of ${roles.join(', ')}, not "${written}"`);
}

function tellLink(account: Account, key: string, json: boolean, { baseURL }: Product): void {
  const link = `${baseURL}/workspace/link?key=${key}`;
  print(json ? JSON.stringify({ ...shown(account), link }) : `${line(account)}\n${link}`);
}

function shown({ id, email, name, grants, createdAt, disabledAt }: Account) {
  return { id, email, name, grants, createdAt, ...(disabledAt && { disabledAt }) };
}

function line({ email, name, grants, disabledAt }: Account): string {
  const written = grants.map(({ role, agency }) => (agency ? `${role}:${agency}` : role));
  return [email, name, written.join(','), ...(disabledAt ? ['disabled'] : [])].join('  ');
}

function noAccount(email: string): number {
  say(`there is no account ${email}; see khue user list`);
  return 1;
}
