import type { Migration } from 'kysely';
import * as spine from './0001-spine.ts';
import * as fullText from './0002-full-text.ts';
import * as publishedVersion from './0003-published-version.ts';
import * as revisionOrder from './0004-revision-order.ts';
import * as sourceIri from './0005-source-iri.ts';
import * as ckanUuid from './0006-ckan-uuid.ts';
import * as quality from './0007-quality.ts';
import * as resource from './0008-resource.ts';
import * as usageEvents from './0011-usage-events.ts';
import * as usageGroups from './0012-usage-groups.ts';
import * as people from './0020-people.ts';
import * as signInFailure from './0021-sign-in-failure.ts';
import * as audit from './0022-audit.ts';
import * as criteria from './0030-criteria.ts';
import * as reuse from './0035-reuse.ts';
import * as inquiryHandler from './0036-inquiry-handler.ts';
import * as mention from './0037-mention.ts';
import * as publishedText from './0045-published-text.ts';
import * as annexImport from './0050-annex-import.ts';
import * as formDraft from './0051-form-draft.ts';
import * as inventoryLine from './0052-inventory-line.ts';
import * as datasetComment from './0053-dataset-comment.ts';
import * as inventoryChoices from './0054-inventory-choices.ts';
import * as planVersion from './0055-plan-version.ts';
import * as report from './0060-report.ts';
import * as duty from './0062-duty.ts';
import * as mail from './0063-mail.ts';
import * as preview from './0065-preview.ts';
import * as harvest from './0068-harvest.ts';
import * as milestone from './0070-milestone.ts';
import * as inventoryPriority from './0074-inventory-priority.ts';
import * as commitment from './0077-commitment.ts';

/** Every migration, in order. Forward only; what is released is frozen. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-spine': spine,
  '0002-full-text': fullText,
  '0003-published-version': publishedVersion,
  '0004-revision-order': revisionOrder,
  '0005-source-iri': sourceIri,
  '0006-ckan-uuid': ckanUuid,
  '0007-quality': quality,
  '0008-resource': resource,
  '0011-usage-events': usageEvents,
  '0012-usage-groups': usageGroups,
  '0020-people': people,
  '0021-sign-in-failure': signInFailure,
  '0022-audit': audit,
  '0030-criteria': criteria,
  '0035-reuse': reuse,
  '0036-inquiry-handler': inquiryHandler,
  '0037-mention': mention,
  '0045-published-text': publishedText,
  '0050-annex-import': annexImport,
  '0051-form-draft': formDraft,
  '0052-inventory-line': inventoryLine,
  '0053-dataset-comment': datasetComment,
  '0054-inventory-choices': inventoryChoices,
  '0055-plan-version': planVersion,
  '0060-report': report,
  '0062-duty': duty,
  '0063-mail': mail,
  '0065-preview': preview,
  '0068-harvest': harvest,
  '0070-milestone': milestone,
  '0074-inventory-priority': inventoryPriority,
  '0077-commitment': commitment,
};
