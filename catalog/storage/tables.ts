import type { Generated } from 'kysely';

/*
 * The tables as types, one for both databases. Text, whole numbers and reals only; instants and dates are text,
 * booleans 0 and 1, and a column that ends in `_json` holds a record. test/storage holds this against both engines.
 */

export interface AgencyTable {
  id: string;
  /** The IRI that it brought from its source. */
  iri: string | null;
  name: string;
  revision: number;
  record_json: string;
  changed_at: string;
}

export interface DatasetTable {
  id: string;
  iri: string | null;
  publisher_id: string;
  state: string;
  revision: number;
  title: string;
  record_json: string;
  openness: string | null;
  plan_year: string | null;
  release_due: string | null;
  accrual_periodicity: string | null;
  modified: string | null;
  created_at: string;
  changed_at: string;
  /** When it was first published. */
  released_at: string | null;
  withdrawn_at: string | null;
  /** Why it was returned or withdrawn, last. */
  reason: string | null;
}

export interface DatasetRevisionTable {
  dataset_id: string;
  revision: number;
  state: string;
  act: string;
  record_json: string;
  author: string;
  reason: string | null;
  made_at: string;
}

export interface DistributionTable {
  id: string;
  dataset_id: string;
  access_url: string;
  download_url: string | null;
}

export interface FileTable {
  distribution_id: string;
  file_name: string;
  media_type: string;
  byte_size: number;
  sha256: string;
  stored_at: string;
}

/**
 * What the public sees of a dataset. `position` is given at the first publication and never given again, so pages of
 * positions do not shift while somebody walks them; `live` is 0 once it is withdrawn.
 */
export interface PublishedTable {
  position: number;
  dataset_id: string;
  iri: string | null;
  live: number;
  etag: string;
  publisher_id: string;
  title_sort: string;
  issued: string | null;
  modified: string | null;
  changed_at: string;
  downloads: number;
  /** The figures that its forms carry, as `figuresKey` writes them. */
  measured: string | null;
  /** The version of the catalogue that touched it last. */
  version: number;
}

/** A series of datasets or a data service, with its forms. `live` is 0 once it is withdrawn. */
export interface ResourceTable {
  kind: string;
  id: string;
  publisher_id: string;
  revision: number;
  live: number;
  record_json: string;
  changed_at: string;
  reason: string | null;
  etag: string;
  jsonld: string;
  ttl: string;
  nt: string;
  rdf: string;
}

/** What CKAN's clients call a dataset. Given at the first release and kept for ever. */
export interface CkanDatasetTable {
  position: number;
  dataset_id: string;
  uuid: string;
  name: string;
  /** When it was first published. */
  created_at: string;
}

/** The UUID of a distribution whose id is none itself. */
export interface CkanResourceTable {
  distribution_id: string;
  uuid: string;
}

export interface PublishedFormTable {
  position: number;
  body: string;
}

/** What a search ranks by, as it is spelled: a line for each language of the title, and each keyword. */
export interface PublishedTextTable {
  position: number;
  title: string;
  keyword: string;
}

export interface PublishedFacetTable {
  facet: string;
  value: string;
  position: number;
}

/** What an address answered when it was last asked. `status` is null when there was no answer at all. */
export interface LinkCheckTable {
  url: string;
  status: number | null;
  checked_at: string;
  error: string | null;
  /** How many times in a row it did not answer with 200 to 299. */
  failures: number;
}

/**
 * The score of what is published: the European total and its dimensions in points, the six criteria 0 to 100. `share`
 * is the total if every distribution counted, and not only the best one.
 */
export interface QualityTable {
  dataset_id: string;
  publisher_id: string;
  /** The revision that was scored. */
  revision: number;
  /** When it was last computed, and when that last gave other figures. */
  scored_at: string;
  changed_at: string;
  share: number;
  total: number;
  findability: number;
  accessibility: number;
  interoperability: number;
  reusability: number;
  contextuality: number;
  correct: number;
  complete: number;
  clean: number;
  live: number;
  unified: number;
  shared: number;
  metrics_json: string;
}

/** The figures at the end of each day on which they changed; null from the day of a withdrawal on. */
export interface QualityHistoryTable {
  dataset_id: string;
  day: string;
  publisher_id: string;
  total: number | null;
  findability: number | null;
  accessibility: number | null;
  interoperability: number | null;
  reusability: number | null;
  contextuality: number | null;
  correct: number | null;
  complete: number | null;
  clean: number | null;
  live: number | null;
  unified: number | null;
  shared: number | null;
}

/** What the published datasets of an agency had on average at the end of a day on which that changed, in tenths. */
export interface QualityAverageTable {
  /** Empty: the whole city. */
  agency_id: string;
  day: string;
  datasets: number;
  total: number;
  findability: number;
  accessibility: number;
  interoperability: number;
  reusability: number;
  contextuality: number;
  correct: number;
  complete: number;
  clean: number;
  live: number;
  unified: number;
  shared: number;
}

export interface PlanTable {
  year: string;
  revision: number;
  record_json: string;
  changed_at: string;
}

/** One use. `day` is the calendar date in Hà Nội; `visitor` a hash under the salt of that day; `rule` why it does not count. */
export interface UsageEventTable {
  id: Generated<number>;
  day: string;
  at: string;
  kind: string;
  dataset_id: string;
  distribution_id: string;
  outcome: string;
  access_method: string;
  visitor: string;
  rule: string | null;
}

/** A version of the criteria; without the day it comes into force, a draft. */
export interface CriteriaTable {
  version: number;
  revision: number;
  in_force_from: string | null;
  record_json: string;
  changed_at: string;
}

/** A month, quarter or year of which indicators are kept. */
export interface IndicatorPeriodTable {
  period: string;
  /** Of the criteria that the values were computed with. */
  version: number;
  /** 1: its values stay as they are. */
  closed: number;
  /** The names of what was measured; a scope without an amount of it has none. */
  measures_json: string;
  taken_at: string;
}

/** What was measured of a scope in a period, and the values of the criteria. */
export interface IndicatorTable {
  period: string;
  /** `city`, `publisher/so-y-te`, `theme/TRAN`; or a record: `dataset/tuyen-xe-buyt`, `agency/so-y-te`. */
  scope: string;
  /** Whose it is; null for the city and for themes. */
  agency_id: string | null;
  /** Of a record: its themes, each between spaces. */
  themes: string | null;
  measures_json: string;
  values_json: string;
  /** Some of the records that keep values from their targets, by measure. */
  missing_json: string;
}

/** What events add up to: `count` is what counts, `raw` everything. */
export interface UsageDayTable {
  day: string;
  kind: string;
  dataset_id: string;
  distribution_id: string;
  count: number;
  raw: number;
}

export interface UsageMonthTable {
  month: string;
  kind: string;
  dataset_id: string;
  distribution_id: string;
  count: number;
  raw: number;
}

/** The whole city's use of a day. */
export interface UsageTotalTable {
  day: string;
  kind: string;
  count: number;
  raw: number;
}

/** How many events of a day a rule removed. */
export interface UsageRemovedTable {
  day: string;
  kind: string;
  dataset_id: string;
  rule: string;
  count: number;
}

/** What the datasets of an agency or a theme add up to. */
export interface UsageGroupTable {
  /** `agency` or `theme`. */
  grouping: string;
  value: string;
  month: string;
  kind: string;
  count: number;
  raw: number;
}

/** For which agency and themes the figures of a dataset are added up at present. */
export interface UsageMemberTable {
  dataset_id: string;
  grouping: string;
  value: string;
}

/** The visitors of a dataset, or of the whole city under no id, in a day or a month. */
export interface UsageSketchTable {
  dataset_id: string;
  period: string;
  sketch: string;
}

/** A visitor that behaved as a robot does. */
export interface UsageRobotTable {
  day: string;
  visitor: string;
  rule: string;
}

/** What a day's visitors are hashed with; an hour after the day it is gone. */
export interface UsageSaltTable {
  day: string;
  salt: string;
}

/** The last batch of each process that writes events. */
export interface UsageWriterTable {
  id: string;
  batch: number;
  written_at: string;
}

/** Events that were not kept. */
export interface UsageLostTable {
  day: string;
  count: number;
}

export interface TokenTable {
  id: string;
  hash: string;
  label: string;
  role: string;
  agency_id: string | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** What it may be used for, parted by spaces; null: all that its role may. */
  scopes: string | null;
  created_by: string | null;
}

/** Somebody who signs in: by password, by single sign-on, or by both. */
export interface AccountTable {
  id: string;
  /** In lower case. */
  email: string;
  name: string;
  password_hash: string | null;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  created_at: string;
  disabled_at: string | null;
}

/** A role of an account; the agency is empty for the whole city. */
export interface AccountGrantTable {
  account_id: string;
  role: string;
  agency_id: string;
}

export interface SessionTable {
  id: string;
  /** Of what the browser holds. */
  hash: string;
  account_id: string;
  browser: string;
  signed_in_at: string;
  seen_at: string;
  expires_at: string;
}

/** A link that sets an account's password, once; without an account it makes the first administrator. */
export interface OneTimeLinkTable {
  hash: string;
  account_id: string | null;
  created_at: string;
  expires_at: string;
}

/** Failures in a row under a keyed hash of an e-mail or an address. */
export interface SignInFailureTable {
  key: string;
  failures: number;
  failed_at: string;
  blocked_until: string;
}

/** Who did what to what. `hash` covers the row and `previous_hash`. */
export interface AuditTable {
  seq: number;
  at: string;
  actor: string;
  actor_id: string | null;
  act: string;
  /** `dataset/tuyen-xe-buyt`. */
  subject: string;
  agency_id: string | null;
  detail_json: string;
  previous_hash: string;
  hash: string;
}

/** The last row of the audit; one row. */
export interface AuditHeadTable {
  id: number;
  seq: number;
  hash: string;
}

/** What somebody made with the data. Its e-mail is for the moderators alone. */
export interface ReuseTable {
  id: string;
  state: string;
  type: string;
  url: string;
  /** What is shown, or waits to be. */
  record_json: string;
  /** What its submitter changed since, and nobody has approved yet. */
  revision_json: string | null;
  email: string;
  /** Of the secret in the submitter's link. */
  key_hash: string;
  /** Why it was rejected or withdrawn, last. */
  reason: string | null;
  submitted_at: string;
  changed_at: string;
  /** When it was first published. */
  published_at: string | null;
  withdrawn_at: string | null;
  /** When its page was last asked for. */
  checked_at: string | null;
  /** How many times in a row the page did not answer. */
  failures: number;
  dead_since: string | null;
  /** When a link back to the catalogue was last seen in its page. */
  proven_at: string | null;
}

export interface ReuseDatasetTable {
  reuse_id: string;
  dataset_id: string;
}

/** A request for data, or a report of a problem in some. */
export interface InquiryTable {
  id: string;
  kind: string;
  state: string;
  /** 1 once somebody has read the text and let it be shown. */
  shown: number;
  record_json: string;
  /** The words of its title, folded. */
  folded: string;
  email: string | null;
  /** Who is to answer. */
  agency_id: string | null;
  /** What it is about; of a request: what answers it. */
  dataset_id: string | null;
  supporters: number;
  received_at: string;
  /** The last day on which an answer is on time. */
  due: string;
  answered_at: string | null;
  answer_json: string | null;
  /** Why it was rejected. */
  reason: string | null;
  changed_at: string;
  /** Who of the agency has taken it on, by name. */
  handler: string | null;
  taken_at: string | null;
}

/** Who supports a request: a keyed hash of it and of a random cookie, so that no two requests show the same person. */
export interface InquirySupportTable {
  inquiry_id: string;
  supporter: string;
}

/** How many said on a day that a dataset was of use to them, and how many that it was not. */
export interface UsefulnessTable {
  dataset_id: string;
  day: string;
  useful: number;
  useless: number;
}

/** A page elsewhere that says it links to a page of ours, and what became of that. */
export interface MentionTable {
  id: string;
  source: string;
  target: string;
  dataset_id: string;
  /** `received`, `proposed`, `confirmed`, `refused` or `unfounded`. */
  state: string;
  /** What the page calls itself. */
  title: string | null;
  /** Why it was refused, or what was wrong with it. */
  reason: string | null;
  /** What it became when it was confirmed. */
  reuse_id: string | null;
  received_at: string;
  checked_at: string | null;
}

/** How often something came from one place. Keys are hashes under a salt that is destroyed after its day. */
export interface ThrottleTable {
  key: string;
  count: number;
  expires_at: string;
}

/** What is to be done to a dataset, and whose it is. */
export interface DutyTable {
  dataset_id: string;
  /** `update`, `release` or `review`. */
  kind: string;
  agency_id: string;
  /** The officer's e-mail; empty: nobody is named. */
  officer: string;
  /** A date; null: nothing is due. */
  due: string | null;
  /** About how many days after the one before. */
  period_days: number | null;
}

/** A reminder that went out: once for each step of a day that something is due. */
export interface ReminderTable {
  dataset_id: string;
  kind: string;
  due: string;
  step: string;
  day: string;
}

/** What somebody is to be told, until a mail has it. */
export interface NoticeTable {
  id: string;
  account_id: string;
  kind: string;
  /** `dataset/tuyen-xe-buyt`. */
  subject: string;
  reason: string | null;
  at: string;
}

/** A mail and how far it is on its way. Its bodies are emptied once it is sent. */
export interface MailTable {
  id: string;
  /** What it is about: `reminder`, `workflow`, `invitation`, `trial`, `outcome`. */
  kind: string;
  to_email: string;
  to_name: string;
  lang: string;
  subject: string;
  body_text: string;
  body_html: string;
  /** `queued`, `sent` or `failed`. */
  state: string;
  attempts: number;
  next_try_at: string;
  /** Until when nobody else takes it. */
  leased_until: string | null;
  last_error: string | null;
  created_at: string;
  sent_at: string | null;
}

/** How somebody wants to be told. */
export interface AccountNoticeTable {
  account_id: string;
  lang: string;
  /** 0: none, but for what is escalated. */
  reminders: number;
  /** Of the secret in the address of their calendar. */
  calendar_hash: string | null;
}

/** A plan as a decision froze it. */
export interface PlanVersionTable {
  year: string;
  version: number;
  record_json: string;
  issued_at: string;
  issued_by: string;
}

/** What was decided about a dataset that is proposed for a plan. */
export interface PlanProposalTable {
  year: string;
  dataset_id: string;
  state: string;
  reason: string | null;
  into_id: string | null;
  decided_by: string;
  decided_at: string;
}

/** A step to a promised release, where somebody chose its day or ticked it. */
export interface MilestoneTable {
  dataset_id: string;
  kind: string;
  /** Null: as proposed. */
  due: string | null;
  done_on: string | null;
  done_by: string | null;
}

/** What a dataset would stand in a plan with, were it issued now; kept in the transaction that writes the dataset. */
export interface CommitmentTable {
  dataset_id: string;
  year: string;
  due: string;
  /** The section of the annex; empty: none. */
  field: string;
  /** Why it was taken out of the plan. */
  dropped: string | null;
  title_sort: string;
  entry_json: string;
}

/** What a dataset stands in a version of a plan with, as a decision froze it. */
export interface PlanVersionEntryTable {
  year: string;
  version: number;
  dataset_id: string;
  /** Where it stands in the annex, from 0. */
  position: number;
  /** The section of the annex; empty: none. */
  field: string;
  due: string;
  dropped: string | null;
  entry_json: string;
}

/** A promise that waits for another. */
export interface CommitmentDependencyTable {
  dataset_id: string;
  depends_on: string;
}

/** What somebody has typed into a form and not saved yet. */
export interface FormDraftTable {
  account_id: string;
  subject: string;
  /** 0: of what is new. */
  revision: number;
  fields: string;
  saved_at: string;
}

/** A table that somebody sent, and what was made of it. */
export interface AnnexImportTable {
  id: string;
  /** Who sent it. */
  account_id: string;
  plan_year: string;
  file_name: string;
  /** The cells of its sheets. */
  upload_json: string;
  /** Which rows and columns mean what. */
  reading_json: string;
  /** The cells that were corrected, and the rows that are left out. */
  corrections_json: string;
  /** What was written, and what became of it when it was undone; null: nothing yet. */
  outcome_json: string | null;
  /** Counts up with every change. */
  version: number;
  created_at: string;
  changed_at: string;
}

/** Another catalogue that is read time and again. */
export interface HarvestSourceTable {
  name: string;
  record_json: string;
  created_at: string;
  /** Rounds that were begun. */
  round: number;
  due_at: string | null;
  began_at: string | null;
  ended_at: string | null;
  report_json: string | null;
}

/** Which datasets were last seen in which round of which source. */
export interface HarvestDatasetTable {
  source: string;
  dataset_id: string;
  round: number;
}

export interface PreviewTable {
  /** Of what, and how it is read: see catalog/preview/preview-job.ts. Also the name of its file. */
  key: string;
  job_json: string;
  state: string;
  attempts: number;
  requested_at: string;
  leased_until: string | null;
  prepared_at: string | null;
  used_at: string;
  byte_size: number;
  /** Why it cannot be shown, in a word. */
  failure: string | null;
  facts_json: string | null;
}

export interface CounterTable {
  name: string;
  value: number;
}

/** What the catalogue must remember of itself from one start to the next. */
export interface SettingTable {
  name: string;
  value: string;
}

/** What the inventory's table shows of a dataset. Lists are parted by spaces and begin and end with one. */
export interface InventoryLineTable {
  dataset_id: string;
  publisher_id: string;
  state: string;
  title: string;
  title_sort: string;
  /** The words of its title, folded. */
  title_words: string;
  /** The words that it is found by, folded. */
  words: string;
  themes: string;
  plan_year: string | null;
  /** The quarter of the commitment, `2026-Q3`. */
  quarter: string | null;
  /** The e-mail of who answers for the updates; empty: nobody is named. */
  officer: string;
  officer_name: string;
  /** Fields that keep it from a release, as `contactPoint` or `inventory/openness`, and how many they are. */
  missing: string;
  missing_count: number;
  /** Fields that are recommended, and empty. */
  advised: string;
  /** What has to be done next, and by which day. */
  due: string | null;
  due_kind: string | null;
  /** 1: it is a draft because somebody returned it. */
  returned: number;
  changed_at: string;
  /** Where its plan ranks it, in tenths of a point. */
  priority_tenths: number | null;
}

/** Something said about a dataset, to a field of it if there is a pointer. */
export interface DatasetCommentTable {
  id: string;
  dataset_id: string;
  pointer: string | null;
  body: string;
  author: string;
  author_id: string | null;
  made_at: string;
}

/** A report as it was closed. Rows are added, and never changed. */
export interface ReportTable {
  id: string;
  version: number;
  closed_at: string;
  closed_by: string;
  remarks_json: string | null;
  reason: string | null;
  figures_json: string;
}

export interface Tables {
  agency: AgencyTable;
  dataset: DatasetTable;
  dataset_revision: DatasetRevisionTable;
  distribution: DistributionTable;
  file: FileTable;
  published: PublishedTable;
  resource: ResourceTable;
  ckan_dataset: CkanDatasetTable;
  ckan_resource: CkanResourceTable;
  published_jsonld: PublishedFormTable;
  published_ttl: PublishedFormTable;
  published_nt: PublishedFormTable;
  published_rdf: PublishedFormTable;
  published_facet: PublishedFacetTable;
  published_text: PublishedTextTable;
  link_check: LinkCheckTable;
  quality: QualityTable;
  quality_history: QualityHistoryTable;
  quality_average: QualityAverageTable;
  plan: PlanTable;
  usage_event: UsageEventTable;
  criteria: CriteriaTable;
  indicator_period: IndicatorPeriodTable;
  indicator: IndicatorTable;
  report: ReportTable;
  usage_day: UsageDayTable;
  usage_month: UsageMonthTable;
  usage_total: UsageTotalTable;
  usage_removed: UsageRemovedTable;
  usage_group: UsageGroupTable;
  usage_member: UsageMemberTable;
  usage_sketch: UsageSketchTable;
  usage_robot: UsageRobotTable;
  usage_salt: UsageSaltTable;
  usage_writer: UsageWriterTable;
  usage_lost: UsageLostTable;
  token: TokenTable;
  account: AccountTable;
  account_grant: AccountGrantTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
  sign_in_failure: SignInFailureTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
  reuse: ReuseTable;
  reuse_dataset: ReuseDatasetTable;
  inquiry: InquiryTable;
  inquiry_support: InquirySupportTable;
  usefulness: UsefulnessTable;
  mention: MentionTable;
  throttle: ThrottleTable;
  inventory_line: InventoryLineTable;
  dataset_comment: DatasetCommentTable;
  duty: DutyTable;
  reminder: ReminderTable;
  notice: NoticeTable;
  account_notice: AccountNoticeTable;
  mail: MailTable;
  plan_version: PlanVersionTable;
  plan_version_entry: PlanVersionEntryTable;
  plan_proposal: PlanProposalTable;
  commitment: CommitmentTable;
  milestone: MilestoneTable;
  commitment_dependency: CommitmentDependencyTable;
  annex_import: AnnexImportTable;
  form_draft: FormDraftTable;
  harvest_source: HarvestSourceTable;
  harvest_dataset: HarvestDatasetTable;
  preview: PreviewTable;
  counter: CounterTable;
  setting: SettingTable;
}
