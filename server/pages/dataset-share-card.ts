import type { DatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { ShareCard } from '../../catalog/picture/share-card.ts';
import { formatsOf } from './dataset-card.ts';
import { type PageContext, sentenceCase } from './page-context.ts';
import { ratingLabel } from './score-view.ts';

/** What the picture of a dataset is made from. */
export interface DatasetShareInput {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly agency: LangText | undefined;
  readonly quality: Pick<DatasetQuality, 'mqa'>;
}

const mostFormats = 3;

/** A dataset as a picture tells of it: what stays true when the picture has gone round the world. */
export function datasetShareCard(input: DatasetShareInput, context: PageContext): ShareCard {
  const { record, agency, quality } = input;
  const [theme] = record.theme ?? [];
  const formats = formatsOf(record).slice(0, mostFormats).join(' · ');
  return {
    site: context.t('site.name'),
    title: context.show(record.title).text,
    ...(theme && { kicker: sentenceCase(vocabulary('data-theme').labelOf(theme, context.lang)) }),
    ...(agency && { by: context.show(agency).text }),
    facts: [
      {
        label: context.t('dataset.modified'),
        value: context.date(record.modified ?? input.changedAt),
      },
      ...(formats === '' ? [] : [{ label: context.t('facet.format'), value: formats }]),
      { label: context.t('quality.heading'), value: ratingLabel(quality.mqa.rating, context) },
    ],
    colour: themeColours[theme ?? ''] ?? lacquer,
  };
}

const lacquer = '#9B2C1F';

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
