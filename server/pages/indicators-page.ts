import type { Indicator } from '../../catalog/criteria/indicators.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { PageContext, Shown } from './page-context.ts';

export interface IndicatorsPage {
  readonly indicators: readonly {
    readonly code: string;
    readonly name: string;
    readonly formula: string;
    /** Absent: nothing to measure yet. */
    readonly value?: string;
    readonly target?: string;
    /** 0 to 100: how long the bar is. */
    readonly share?: number;
    readonly evidence?: string;
    readonly missing: readonly (Shown & { readonly href: string })[];
  }[];
  readonly agencies: readonly {
    readonly name: Shown;
    readonly href: string;
    readonly values: readonly string[];
  }[];
}

const mostMissing = 10;

/** The criteria as they stand; `titles` names the datasets that are missing, which are shown by their ids otherwise. */
export function indicatorsPage(
  indicators: readonly Indicator[],
  agencies: readonly {
    readonly id: string;
    readonly name: Shown;
    readonly indicators: readonly Indicator[];
  }[],
  context: PageContext,
  titles: ReadonlyMap<string, LangText> = new Map(),
): IndicatorsPage {
  const written = ({ value, unit }: Indicator) =>
    value === undefined ? '–' : unit === 'percent' ? context.percent(value) : context.number(value);
  return {
    indicators: indicators.map((indicator) => {
      const { evidence, target, unit, value } = indicator;
      return {
        code: indicator.code,
        name: indicator.name[context.lang],
        formula: indicator.formula[context.lang],
        ...(value !== undefined && { value: written(indicator) }),
        ...(target !== undefined && {
          target: context.t('indicators.target', { value: context.percent(target) }),
        }),
        ...(unit === 'percent' && value !== undefined && { share: value }),
        ...(evidence.of !== undefined && {
          evidence: context.t('indicators.evidence', {
            counted: context.number(evidence.counted),
            of: context.number(evidence.of),
          }),
        }),
        missing: (evidence.missing ?? []).slice(0, mostMissing).map((id) => ({
          ...context.show(titles.get(id) ?? { [context.lang]: id }),
          href: context.url(
            indicator.code === 'updated-on-time' ? `/dataset/${id}` : `/roadmap#${id}`,
          ),
        })),
      };
    }),
    agencies: [...agencies]
      .sort((a, b) => context.compare(a.name.text, b.name.text))
      .map(({ id, name, indicators: own }) => ({
        name,
        href: context.url(`/agency/${id}`),
        values: own.map(written),
      })),
  };
}
