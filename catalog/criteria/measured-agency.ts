import type { MeasuredAgency } from '../publication/single-documents.ts';
import type { Indicators } from './indicators.ts';

/**
 * The indicators of an agency to be published with its description: each value a measurement, whose metric is the page
 * of the criterion. Absent: nothing has a value.
 *
 * @see DQV §4.1
 */
export function measuredAgency(
  agencyIri: string,
  baseURL: string,
  { items, takenAt, period }: Indicators,
): MeasuredAgency | undefined {
  const hasQualityMeasurement = items.flatMap(({ code, value }) =>
    value === undefined
      ? []
      : [
          {
            id: `${agencyIri}/indicators#${period}-${code}`,
            isMeasurementOf: `${baseURL}/indicators/${code}`,
            computedOn: agencyIri,
            decimalValue: value,
            generatedAtTime: takenAt,
          },
        ],
  );
  if (takenAt === undefined || hasQualityMeasurement.length === 0) return undefined;
  return { figures: { hasQualityMeasurement }, takenAt };
}
