import { mqa } from '../quality/metrics.ts';

/** What the catalogue has measured of a published dataset. */
export interface Figures {
  /** The European total, and since when it is that. Absent: not scored yet. */
  readonly quality?: { readonly total: number; readonly changedAt: string } | undefined;
  readonly downloads: number;
}

/**
 * Figures as measured-dataset.schema.json describes them, to be published with the record. Absent: none yet.
 *
 * @see DQV §4.1 for the score; schema.org InteractionCounter for the downloads
 */
export function measuredRecord(
  datasetIri: string,
  iriOf: (measurement: string) => string,
  { quality, downloads }: Figures,
): object | undefined {
  if (!quality && downloads === 0) return undefined;
  return {
    ...(quality && {
      hasQualityMeasurement: [
        {
          id: iriOf('score'),
          isMeasurementOf: mqa.iri,
          computedOn: datasetIri,
          value: quality.total,
          generatedAtTime: quality.changedAt,
        },
      ],
    }),
    ...(downloads > 0 && {
      interactionStatistic: [
        {
          id: iriOf('downloads'),
          interactionType: 'http://schema.org/DownloadAction',
          userInteractionCount: downloads,
        },
      ],
    }),
  };
}

/** Figures in a word, the same as long as what is published of them is. */
export function figuresKey({ quality, downloads }: Figures): string {
  return `${quality?.total ?? '-'} ${downloads}`;
}
