import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { operator } from '../../catalog/access/actor.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import type { FeedbackInput, RequestInput } from '../../catalog/model/inquiry.ts';
import type { Picture, ReuseInput } from '../../catalog/model/reuse.ts';
import { advanceInquiry, type InquiryActInput } from '../../catalog/reuse/advance-inquiry.ts';
import type { InquiryAct, InquiryKind } from '../../catalog/reuse/inquiry-lifecycle.ts';
import { inquiryRepository } from '../../catalog/reuse/inquiry-repository.ts';
import { moderateReuse } from '../../catalog/reuse/moderate-reuse.ts';
import { stripPicture } from '../../catalog/reuse/pictures/strip-picture.ts';
import { submitFeedback, submitRequest } from '../../catalog/reuse/submit-inquiry.ts';
import { submitReuse } from '../../catalog/reuse/submit-reuse.ts';
import { usefulnessRepository } from '../../catalog/reuse/usefulness-repository.ts';
import type { Product } from '../compose.ts';

/** Something that happened in the demo's year, and when. */
export interface DemoStep {
  readonly at: string;
  run(): Promise<void>;
}

interface Inquiry<Input> {
  readonly receivedAt: string;
  readonly supporters?: number;
  readonly record: Input;
  readonly acts: readonly (InquiryActInput & { readonly at: string; readonly act: InquiryAct })[];
}

interface Participation {
  readonly reuses: readonly {
    readonly submittedAt: string;
    /** Absent: it still waits for a moderator. */
    readonly publishedAt?: string;
    readonly picture?: string;
    readonly record: ReuseInput;
  }[];
  readonly requests: readonly Inquiry<RequestInput>[];
  readonly feedback: readonly Inquiry<FeedbackInput>[];
  readonly usefulness: readonly {
    readonly dataset: string;
    readonly day: string;
    readonly useful: number;
    readonly useless: number;
  }[];
}

const content = join(projectRoot, 'server', 'demo', 'content');
let senders = 0;

/** What the public of the demo presented, asked, reported and answered; all of it says that it is an illustration. */
export function participationSteps(product: Product): readonly DemoStep[] {
  const told = JSON.parse(
    readFileSync(join(content, 'participation.json'), 'utf8'),
  ) as Participation;
  return [
    ...told.reuses.map((reuse) => ({
      at: reuse.submittedAt,
      run: () => presentReuse(reuse, product),
    })),
    ...told.requests.map((request) => ({
      at: request.receivedAt,
      run: async () => {
        const { id } = await submitRequest(
          request.record,
          sender(),
          on(request.receivedAt, product),
        );
        await act('request', id, request, product);
      },
    })),
    ...told.feedback.map((report) => ({
      at: report.receivedAt,
      run: async () => {
        const { id } = await submitFeedback(
          report.record,
          sender(),
          on(report.receivedAt, product),
        );
        await act('feedback', id, report, product);
      },
    })),
    ...told.usefulness.map(({ dataset, day, ...votes }) => ({
      at: `${day}T05:00:00Z`,
      run: () =>
        product.database.transaction((tx) => usefulnessRepository(tx).add(dataset, day, votes)),
    })),
  ];
}

async function presentReuse(
  { submittedAt, publishedAt, picture, record }: Participation['reuses'][number],
  product: Product,
): Promise<void> {
  const keep = picture === undefined ? undefined : () => keepPicture(picture, product);
  const { reuse } = await submitReuse(record, keep, sender(), on(submittedAt, product));
  if (publishedAt === undefined) return;
  await moderateReuse(reuse.id, 'publish', undefined, operator, on(publishedAt, product));
}

async function keepPicture(name: string, { files }: Product): Promise<Picture> {
  const { bytes, ...facts } = stripPicture(await readFile(join(content, 'files', name)));
  const { sha256 } = await files.put(Readable.from([bytes]));
  return { sha256, ...facts };
}

async function act<Input>(
  kind: InquiryKind,
  id: string,
  { acts, supporters = 0 }: Inquiry<Input>,
  product: Product,
): Promise<void> {
  for (const { at, act: name, ...input } of acts) {
    await advanceInquiry(kind, id, name, input, operator, on(at, product));
  }
  await product.database.transaction(async (tx) => {
    for (let count = 0; count < supporters; count += 1) {
      await inquiryRepository(tx).support(id, `minh-hoa-${count}`);
    }
  });
}

/** The product at a moment of the demo's year. */
function on(moment: string, product: Product): Product {
  const at = new Date(moment).toISOString() as Instant;
  return { ...product, clock: () => at };
}

/** Another network each time: nobody is throttled who only illustrates. */
function sender() {
  senders += 1;
  return { key: `demo ${senders}` };
}
