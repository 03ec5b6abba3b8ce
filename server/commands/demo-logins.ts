import { randomBytes } from 'node:crypto';
import { accountRepository } from '../../catalog/access/account-repository.ts';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount, enableAccount, renewLink } from '../../catalog/access/manage-accounts.ts';
import { acceptLink } from '../../catalog/access/one-time-links.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import type { Product } from '../compose.ts';

/** Who may try the demo, made anew at each start: one password for all of them, and a token for the API. */
export interface DemoLogins {
  readonly password: string;
  readonly people: readonly {
    readonly who: string;
    readonly email: string;
    readonly token: string;
  }[];
}

interface Person {
  readonly who: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly agency?: string;
}

const people: readonly Person[] = [
  {
    who: 'biên tập / editor, Sở Xây dựng',
    email: 'bientap@demo.example',
    name: 'Nguyễn Thị Lan',
    role: 'editor',
    agency: 'so-xay-dung',
  },
  {
    who: 'phê duyệt / approver, Sở Xây dựng',
    email: 'pheduyet@demo.example',
    name: 'Trần Văn Hùng',
    role: 'approver',
    agency: 'so-xay-dung',
  },
  {
    who: 'điều phối / coordinator',
    email: 'dieuphoi@demo.example',
    name: 'Phạm Thu Hà',
    role: 'coordinator',
  },
  {
    who: 'quản trị / administrator',
    email: 'quantri@demo.example',
    name: 'Lê Minh Đức',
    role: 'administrator',
  },
];

/** Makes the accounts, or gives them this start's password, and a token each. */
export async function createDemoLogins(product: Product): Promise<DemoLogins> {
  const password = `khue-demo-${randomBytes(6).toString('hex')}`;
  const made = [];
  for (const { who, email, name, role, agency } of people) {
    const grant = { role, ...(agency !== undefined && { agency }) };
    const account = await accountRepository(product.database.current).findByEmail(email);
    if (account) {
      await enableAccount(account.id, operator, product);
      const { key } = await renewLink(account.id, operator, product);
      await acceptLink(key, password, { email, name }, product);
    } else {
      await addAccount({ email, name, grants: [grant] }, password, operator, product);
    }
    const { token } = await product.tokens.create({ label: `demo: ${name}`, ...grant });
    made.push({ who, email, token });
  }
  return { password, people: made };
}

/** The lines that tell of them. */
export function describeLogins({ password, people: made }: DemoLogins): readonly string[] {
  return [
    `Đăng nhập thử / Demo logins: mật khẩu / password ${password}`,
    ...made.map(({ who, email }) => `  ${who.padEnd(38)} ${email}`),
    '',
    'Mã truy cập API / API tokens (Authorization: Bearer …)',
    ...made.map(({ who, token }) => `  ${who.padEnd(38)} ${token}`),
  ];
}
