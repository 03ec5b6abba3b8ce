import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { PageContext } from './page-context.ts';

/** A licence in plain words: what one may, must and may not do. */
export interface LicenceView {
  readonly label?: string;
  readonly href?: string;
  /** What to do where the words below are missing. */
  readonly advice?: string;
  readonly terms: readonly {
    readonly name: 'may' | 'must' | 'mayNot';
    readonly heading: string;
    readonly items: readonly string[];
  }[];
}

const uses = ['Reproduction', 'Distribution', 'DerivativeWorks', 'CommercialUse'];

export function licenceViews(
  codes: readonly string[],
  context: PageContext,
): readonly LicenceView[] {
  if (codes.length === 0) return [{ advice: context.t('dataset.licence.none'), terms: [] }];
  return codes.map((code) => licenceView(code, context));
}

function licenceView(code: string, { lang, t }: PageContext): LicenceView {
  const licence = vocabulary('licence').find(code);
  const href = licence?.url ?? (/^https?:/.test(code) ? code : undefined);
  const head = {
    label: vocabulary('licence').labelOf(code, lang),
    ...(href !== undefined && { href }),
  };
  const { permits, requires = [], prohibits = [] } = licence ?? {};
  if (!permits) return { ...head, advice: t('dataset.licence.other'), terms: [] };
  const isAllowed = (use: string) =>
    use === 'CommercialUse' ? !prohibits.includes(use) : permits.includes(use);
  const terms = (
    [
      ['may', uses.filter(isAllowed)],
      ['must', requires],
      ['mayNot', uses.filter((use) => !isAllowed(use))],
    ] as const
  ).filter(([, items]) => items.length > 0);
  return {
    ...head,
    terms: terms.map(([name, items]) => ({
      name,
      heading: t(`dataset.licence.${name}`),
      items: items.map((item) => vocabulary('licence-term').labelOf(item, lang)),
    })),
  };
}
