import { CatalogError, type Finding } from '../kernel/errors.ts';
import type { LangText, Message } from '../kernel/lang-text.ts';
import type { FeedbackInput, RequestInput } from '../model/inquiry.ts';
import type { ReuseInput } from '../model/reuse.ts';
import { validateAgainst } from '../validation/json-schema.ts';

/** So many addresses a text may hold: who advertises needs more. */
const mostLinks = 3;

interface Inputs {
  readonly reuse: ReuseInput;
  readonly request: RequestInput;
  readonly feedback: FeedbackInput;
}

/**
 * Turns what anybody sends into what its schema says.
 *
 * @throws {CatalogError} `invalid` / `reuse-invalid`, `request-invalid` or `feedback-invalid`, with every finding
 */
export function decode<Kind extends keyof Inputs>(kind: Kind, input: unknown): Inputs[Kind] {
  const findings = validateAgainst(`${kind}.schema.json`, input);
  if (findings.length > 0) throw invalid(kind, findings);
  const decoded = input as Inputs[Kind];
  const texts: { readonly title?: LangText; readonly description: LangText } = decoded;
  const tooMany = (['title', 'description'] as const).flatMap((field) =>
    linkFindings(field, texts[field]),
  );
  if (tooMany.length > 0) throw invalid(kind, tooMany);
  return decoded;
}

/** The refusal that says what is wrong where. */
export function invalid(kind: keyof Inputs, findings: readonly Finding[]): CatalogError {
  const detail: Message = {
    vi: 'Nội dung gửi lên chưa đúng; hãy sửa từng chỗ được nêu.',
    en: 'What was sent is not right; correct each place named.',
  };
  return new CatalogError('invalid', `${kind}-invalid`, detail, { findings });
}

function linkFindings(field: string, text: LangText | undefined): readonly Finding[] {
  const most = field === 'title' ? 0 : mostLinks;
  return Object.entries(text ?? {}).flatMap(([language, written]) => {
    const links = written.match(/\b(?:https?:\/\/|www\.)/gi)?.length ?? 0;
    if (links <= most) return [];
    const message = {
      vi: `Có ${links} đường dẫn, nhiều nhất là ${most}; hãy bỏ bớt.`,
      en: `There are ${links} links, at most ${most} are allowed; take some out.`,
    };
    return [{ pointer: `/${field}/${language}`, keyword: 'links', message }];
  });
}
