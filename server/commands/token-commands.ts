import type { Command } from 'commander';
import { type Scope, scopeNames } from '../../catalog/access/scopes.ts';
import type { Token } from '../../catalog/access/token-repository.ts';
import { later, startOfDay } from '../../catalog/kernel/clock.ts';
import { isDate } from '../../catalog/kernel/formats.ts';
import { type Role, roles } from '../../catalog/model/lifecycle.ts';
import { print, say, UsageError } from './output.ts';
import { withProduct } from './with-product.ts';

interface CreateOptions {
  readonly role: Role;
  readonly agency?: string;
  readonly label?: string;
  readonly scope?: readonly Scope[];
  readonly expires?: string;
  readonly json: boolean;
}

/** `khue token …` */
export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('Tokens of the API.');

  token
    .command('create')
    .description('Make a token; it is shown once.')
    .requiredOption('--role <role>', roles.join(', '), readRole)
    .option('--agency <id>', 'for editors and approvers')
    .option('--label <text>', 'how revisions name it')
    .option(
      '--scope <scope>',
      `${scopeNames.join(', ')}; may be repeated; without: all that the role may`,
      readScope,
    )
    .option('--expires <date>', 'last day, such as 2027-12-31', readDay)
    .option('--json', 'answer as JSON', false)
    .action(({ role, agency, label, scope, expires, json }: CreateOptions) =>
      withProduct(async ({ tokens }) => {
        const made = await tokens.create({
          role,
          label: label ?? [role, agency].filter(Boolean).join(' '),
          ...(agency !== undefined && { agency }),
          ...(scope && { scopes: scope }),
          ...(expires !== undefined && { expiresAt: later(startOfDay(expires), 86_399_999) }),
        });
        print(json ? JSON.stringify(made) : `id     ${made.id}\ntoken  ${made.token}`);
        return 0;
      }),
    );

  token
    .command('list')
    .description('Show the tokens, without themselves.')
    .option('--json', 'answer as JSON', false)
    .action(({ json }: { json: boolean }) =>
      withProduct(async ({ tokens }) => {
        const all = await tokens.list('all');
        print(json ? JSON.stringify(all) : all.map(line).join('\n'));
        return 0;
      }),
    );

  token
    .command('revoke')
    .description('Make a token count no more.')
    .argument('<id>')
    .action((id: string) =>
      withProduct(async ({ tokens }) => {
        const revoked = await tokens.revoke(id);
        if (!revoked) say(`there is no token ${id} that counts`);
        return revoked ? 0 : 1;
      }),
    );
}

function line({ id, label, role, agency, scopes, expiresAt, revokedAt }: Token): string {
  const standing = revokedAt ? 'revoked' : expiresAt ? `until ${expiresAt.slice(0, 10)}` : 'no end';
  return [id, role, agency ?? 'city', scopes?.join(',') ?? 'all', standing, label].join('  ');
}

function readRole(written: string): Role {
  const role = roles.find((known) => known === written);
  if (role) return role;
  throw new UsageError(`--role must be one of ${roles.join(', ')}, not "${written}"`);
}

function readScope(written: string, before: readonly Scope[] = []): readonly Scope[] {
  const scope = scopeNames.find((known) => known === written);
  if (scope) return [...before, scope];
  throw new UsageError(`--scope must be one of ${scopeNames.join(', ')}, not "${written}"`);
}

function readDay(written: string): string {
  if (isDate(written)) return written;
  throw new UsageError(`--expires must be a date such as 2027-12-31, not "${written}"`);
}
