import type { Indicator, Indicators } from '../../catalog/criteria/indicators.ts';
import type { DatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { ShareCard } from '../../catalog/picture/share-card.ts';
import { figuresOf, type PlanProgress } from '../../catalog/plan/plan-progress.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import type { Reuse } from '../../catalog/reuse/reuse-repository.ts';
import { formatsOf } from './dataset-card.ts';
import { indicatorView, labelOf as labelOfPeriod } from './indicator-view.ts';
import { type PageContext, sentenceCase } from './page-context.ts';
import { labelOf } from './public-form.ts';
import { ratingLabel } from './score-view.ts';

/** What the picture of a dataset is made from. */
export interface DatasetShareInput {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly agency: LangText | undefined;
  readonly quality: Pick<DatasetQuality, 'mqa'>;
}

const mostFormats = 3;
const lacquer = '#9B2C1F';

/** A dataset as a picture tells of it: what stays true when the picture has gone round the world. */
export function datasetShareCard(input: DatasetShareInput, context: PageContext): ShareCard {
  const { record, agency, quality } = input;
  const { t, show, date } = context;
  const [theme] = record.theme ?? [];
  const formats = formatsOf(record).slice(0, mostFormats).join(' · ');
  return {
    site: t('site.name'),
    title: show(record.title).text,
    ...(theme && { kicker: sentenceCase(vocabulary('data-theme').labelOf(theme, context.lang)) }),
    ...(agency && { by: show(agency).text }),
    facts: [
      { label: t('dataset.modified'), value: date(record.modified ?? input.changedAt) },
      ...(formats === '' ? [] : [{ label: t('facet.format'), value: formats }]),
      { label: t('quality.heading'), value: ratingLabel(quality.mqa.rating, context) },
    ],
    colour: themeColours[theme ?? ''] ?? lacquer,
  };
}

/** A colour for each theme. All of them are dark enough to be read as text on paper: WCAG 2.2 §1.4.3. */
export const themeColours: Readonly<Record<string, string>> = {
  AGRI: '#4C6A1F',
  ECON: '#7A4E12',
  EDUC: '#6B3A78',
  ENER: '#94480B',
  ENVI: '#2A6A49',
  GOVE: lacquer,
  HEAL: '#A2304E',
  INTR: '#34558B',
  JUST: '#4A4A6E',
  REGI: '#5A5D28',
  SOCI: '#84452D',
  TECH: '#22626E',
  TRAN: '#1F5A8C',
};

/**
 * An agency: how much it has published, and how it keeps its promises.
 *
 * @param published how many of its datasets are public
 * @param standings what is promised for one year, by any agency
 */
export function agencyShareCard(
  agency: AgencyRecord,
  published: number,
  standings: readonly Standing[],
  context: PageContext,
): ShareCard {
  const { promised, punctuality } = figuresOf(
    standings.filter(({ publisher }) => publisher === agency.id),
  );
  const { t, number } = context;
  return {
    site: t('site.name'),
    kicker: t('agency.name'),
    title: context.show(agency.name).text,
    facts: [
      { label: t('agency.published'), value: context.plural('reuse.datasets', published) },
      ...(promised === 0 ? [] : [{ label: t('agency.planned'), value: number(promised) }]),
      ...punctualityFact(punctuality, context),
    ],
    colour: lacquer,
  };
}

/** The plan of a year, and how far it is on a day, which stands on the picture. */
export function planShareCard(
  { year, at, version, total }: PlanProgress,
  context: PageContext,
): ShareCard {
  const { t, number, date } = context;
  const { statuses, promised, punctuality } = total;
  return {
    site: t('site.name'),
    kicker: t('nav.roadmap'),
    title: t('publicPlan.heading', { year }),
    by: version
      ? t('plan.issuedBy', { number: version.decision.number, date: date(version.decision.date) })
      : t('plan.preparing'),
    facts: [
      { label: t('publicPlan.promised'), value: number(promised) },
      {
        label: t('agency.published'),
        value: number(statuses['released-on-time'] + statuses['released-late']),
      },
      ...punctualityFact(punctuality, context),
      { label: t('publicPlan.at'), value: date(at) },
    ],
    colour: lacquer,
  };
}

function punctualityFact(percent: number | undefined, context: PageContext): ShareCard['facts'] {
  if (percent === undefined) return [];
  return [{ label: context.t('publicPlan.punctuality'), value: context.percent(percent) }];
}

/** What somebody made with the data. */
export function reuseShareCard({ record }: Pick<Reuse, 'record'>, context: PageContext): ShareCard {
  const { t } = context;
  return {
    site: t('site.name'),
    kicker: `${t('reuse.heading')} · ${labelOf('reuse', 'type', record.type, context)}`,
    title: context.show(record.title).text,
    by: t('reuse.by', { creator: record.creator }),
    facts: [
      { label: t('reuse.used'), value: context.plural('reuse.datasets', record.dataset.length) },
    ],
    colour: lacquer,
  };
}

/** One criterion of the city in a period: its value, and whether that is what was aimed at. */
export function indicatorShareCard(
  indicator: Indicator,
  found: Indicators,
  context: PageContext,
): ShareCard {
  const { t, date } = context;
  const { period, scope, takenAt, isClosed } = found;
  const { name, formula, value, unit, target, standingLabel } = indicatorView(
    indicator,
    [],
    { period, scope },
    context,
  );
  const told = value === undefined ? t('indicators.nothing') : `${value} ${unit}`;
  return {
    site: t('site.name'),
    kicker: t('indicators.heading'),
    title: name,
    by: sentenceCase(formula),
    facts: [
      { label: labelOfPeriod(period, context), value: told },
      ...(target === undefined || standingLabel === ''
        ? []
        : [{ label: sentenceCase(target), value: standingLabel }]),
      ...(takenAt === undefined || isClosed
        ? []
        : [{ label: t('publicPlan.at'), value: date(takenAt) }]),
    ],
    colour: lacquer,
  };
}
