import { CatalogError, type Finding } from '../kernel/errors.ts';
import { isCityWide } from '../model/lifecycle.ts';
import type { Queryable } from '../storage/database.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { accountRepository, emailKey } from './account-repository.ts';
import type { Grant } from './actor.ts';

/** What an administrator writes of an account; schemas/account.schema.json. */
export interface AccountInput {
  readonly email: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/**
 * Turns input into what an account says.
 *
 * @throws {CatalogError} `invalid` / `account-invalid` with every finding
 */
export async function decodeAccount(input: unknown, db: Queryable): Promise<AccountInput> {
  const findings = validateAgainst('account.schema.json', input);
  if (findings.length > 0) throw accountInvalid(findings);
  const account = input as AccountInput;
  const wrong = await wrongGrants(account.grants, db);
  if (wrong.length > 0) throw accountInvalid(wrong);
  return { ...account, email: emailKey(account.email), grants: withoutRepeats(account.grants) };
}

/** @throws {CatalogError} `conflict` / `email-taken` */
export async function assertEmailFree(email: string, db: Queryable): Promise<void> {
  if (!(await accountRepository(db).findByEmail(email))) return;
  throw new CatalogError('conflict', 'email-taken', {
    vi: `Đã có tài khoản cho ${email}; hãy sửa tài khoản đó.`,
    en: `There is an account for ${email} already; revise that one.`,
  });
}

/** Editors and approvers work for an agency that exists, the others for the whole city. */
async function wrongGrants(grants: readonly Grant[], db: Queryable): Promise<readonly Finding[]> {
  const named = grants.flatMap(({ agency }) => agency ?? []);
  const known = await accountRepository(db).knownAgencies(named);
  return grants.flatMap(({ role, agency }, at) => {
    const pointer = `/grants/${at}/agency`;
    if (isCityWide(role)) {
      if (agency === undefined) return [];
      const message = {
        vi: `Vai trò "${role}" là của toàn thành phố; hãy bỏ cơ quan "${agency}".`,
        en: `The role "${role}" is for the whole city; take the agency "${agency}" out.`,
      };
      return [{ pointer, keyword: 'grant', message }];
    }
    if (agency !== undefined && known.has(agency)) return [];
    const message = agency
      ? { vi: `Không có cơ quan "${agency}".`, en: `There is no agency "${agency}".` }
      : {
          vi: `Vai trò "${role}" cần một cơ quan; hãy chọn cơ quan.`,
          en: `The role "${role}" needs an agency; choose one.`,
        };
    return [{ pointer, keyword: 'grant', message }];
  });
}

function withoutRepeats(grants: readonly Grant[]): readonly Grant[] {
  const seen = new Map(grants.map((grant) => [`${grant.role} ${grant.agency ?? ''}`, grant]));
  return [...seen.values()];
}

function accountInvalid(findings: readonly Finding[]): CatalogError {
  return new CatalogError(
    'invalid',
    'account-invalid',
    {
      vi: 'Thông tin tài khoản chưa đúng; hãy sửa từng chỗ được nêu.',
      en: 'The account is not right; correct each place named.',
    },
    { findings },
  );
}
