import { agencyRepository } from '../inventory/agency-repository.ts';
import { getDataset } from '../inventory/get-dataset.ts';
import { localDate } from '../kernel/clock.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { decode, invalid } from './decode.ts';
import type { InquiryKind } from './inquiry-lifecycle.ts';
import { type DataRequest, type Feedback, inquiryRepository } from './inquiry-repository.ts';
import { mintId } from './mint-id.ts';
import { reuseRepository } from './reuse-repository.ts';
import { assertRoom, countSubmission, type Sender, type ThrottleDeps } from './throttle.ts';
import { addWorkingDays } from './working-days.ts';

export interface InquiryDeps extends ThrottleDeps {
  /** Working days in which each kind is to be answered, and the days off beside those of every year. */
  readonly deadlines: Readonly<Record<InquiryKind, number>> & {
    readonly holidays: readonly string[];
  };
}

const submission = [{ limit: 'submission' }] as const;

/**
 * Takes in a request for data. Its state can be followed at once; its text is shown once a moderator has read it.
 *
 * @throws {CatalogError} `invalid` / `request-invalid`; `throttled` / `too-many-submissions`; `conflict`
 */
export async function submitRequest(
  input: unknown,
  sender: Sender,
  deps: InquiryDeps,
): Promise<DataRequest> {
  const { email, ...record } = decode('request', input);
  await assertKnownAgency(record.agency, deps);
  const request: DataRequest = { kind: 'request', record, ...received('request', email, deps) };
  return insert(request, sender, deps);
}

/**
 * Takes in a report of a problem in a published dataset. It is its agency's to answer from the first day.
 *
 * @throws {CatalogError} `invalid` / `feedback-invalid`; `not-found`, `gone`; `throttled`; `conflict`
 */
export async function submitFeedback(
  input: unknown,
  sender: Sender,
  deps: InquiryDeps,
): Promise<Feedback> {
  const { email, ...record } = decode('feedback', input);
  const { record: dataset } = await getDataset(record.dataset, undefined, deps.database.current);
  assertKnownFile(record.distribution, dataset);
  const feedback: Feedback = {
    kind: 'feedback',
    record,
    ...received('feedback', email, deps),
    state: 'assigned',
    agency: dataset.publisher,
    dataset: dataset.id,
  };
  return insert(feedback, sender, deps);
}

function assertKnownFile(id: string | undefined, { distribution = [] }: DatasetRecord): void {
  if (id === undefined || distribution.some((file) => file.id === id)) return;
  const message = {
    vi: `Tập dữ liệu này không có tệp "${id}"; chọn trong danh sách hoặc để trống.`,
    en: `This dataset has no file "${id}"; choose one of the list, or leave it out.`,
  };
  throw invalid('feedback', [{ pointer: '/distribution', keyword: 'distribution', message }]);
}

/** An inquiry as it begins. */
function received(
  kind: InquiryKind,
  email: string | undefined,
  { clock, deadlines }: InquiryDeps,
): Pick<
  DataRequest,
  'id' | 'state' | 'isShown' | 'supporters' | 'receivedAt' | 'due' | 'changedAt'
> {
  const at = clock();
  return {
    id: mintId(),
    state: 'received',
    isShown: false,
    ...(email !== undefined && { email }),
    supporters: 0,
    receivedAt: at,
    due: addWorkingDays(localDate(at), deadlines[kind], deadlines.holidays),
    changedAt: at,
  };
}

async function insert<Kind extends DataRequest | Feedback>(
  inquiry: Kind,
  sender: Sender,
  deps: InquiryDeps,
): Promise<Kind> {
  await assertRoom(sender, submission, deps);
  await deps.database.transaction(async (tx) => {
    await countSubmission(tx, sender, submission, inquiry.receivedAt);
    await inquiryRepository(tx).insert(inquiry);
    await reuseRepository(tx).advanceVersion();
  });
  return inquiry;
}

async function assertKnownAgency(id: string | undefined, { database }: InquiryDeps): Promise<void> {
  if (id === undefined) return;
  if (await agencyRepository(database.current).find(id)) return;
  const message = {
    vi: `Không có cơ quan "${id}"; chọn trong /agency hoặc để trống.`,
    en: `There is no agency "${id}"; choose one of /agency, or leave it out.`,
  };
  throw invalid('request', [{ pointer: '/agency', keyword: 'agency', message }]);
}
