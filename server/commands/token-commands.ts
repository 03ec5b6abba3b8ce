import type { Command } from 'commander';
import type { Instant } from '../../catalog/kernel/clock.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import { print, say, UsageError } from './output.ts';
import { withProduct } from './with-product.ts';

const roles: readonly Role[] = ['editor', 'approver', 'coordinator', 'administrator'];

/** `khue token …` */
export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('Tokens of the API.');

  token
    .command('create')
    .description('Make a token; it is shown once.')
    .requiredOption('--role <role>', roles.join(', '))
    .option('--agency <id>', 'for editors and approvers')
    .option('--label <text>', 'how revisions name it')
    .option('--expires <date>', 'last day, such as 2027-12-31')
    .option('--json', 'answer as JSON', false)
    .action(
      (options: {
        role: string;
        agency?: string;
        label?: string;
        expires?: string;
        json: boolean;
      }) =>
        withProduct(async ({ tokens }) => {
          const role = roles.find((known) => known === options.role);
          if (!role)
            throw new UsageError(
              `--role must be one of ${roles.join(', ')}, not "${options.role}"`,
            );
          if (options.expires !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(options.expires)) {
            throw new UsageError(
              `--expires must be a date such as 2027-12-31, not "${options.expires}"`,
            );
          }
          const made = await tokens.create({
            role,
            label: options.label ?? [options.role, options.agency].filter(Boolean).join(' '),
            ...(options.agency !== undefined && { agency: options.agency }),
            ...(options.expires !== undefined && {
              expiresAt: `${options.expires}T23:59:59.999Z` as Instant,
            }),
          });
          print(options.json ? JSON.stringify(made) : `id     ${made.id}\ntoken  ${made.token}`);
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
