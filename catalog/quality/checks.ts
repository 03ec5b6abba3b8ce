import {
  answers,
  anyAnswers,
  checksumMatches,
  datesInOrder,
  sizeMatches,
  updatedOnTime,
} from './check-access.ts';
import { conforms, contactReachable, present } from './check-presence.ts';
import {
  composed,
  distinct,
  noMarkup,
  noPlaceholders,
  noStrayBlanks,
  notAllCapitals,
  vietnameseDiacritics,
} from './check-text.ts';
import { among, codesValid, inVocabulary, marked } from './check-vocabulary.ts';
import type { Metric } from './metrics.ts';
import type { Check } from './subject.ts';

/** Every check by the name that the tables of schemas/quality call it. */
export const checks: Readonly<Record<string, Check>> = {
  among,
  answers,
  anyAnswers,
  checksumMatches,
  codesValid,
  composed,
  conforms,
  contactReachable,
  datesInOrder,
  distinct,
  inVocabulary,
  marked,
  noMarkup,
  noPlaceholders,
  noStrayBlanks,
  notAllCapitals,
  present,
  sizeMatches,
  updatedOnTime,
  vietnameseDiacritics,
};

/** The check of a metric. A table that names one that is not there is a mistake in the program. */
export function checkOf({ check, code }: Metric): Check {
  const found = checks[check];
  if (!found) throw new Error(`metric ${code} names a check that is not there: ${check}`);
  return found;
}
