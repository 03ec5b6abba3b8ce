import { operator } from '../../catalog/access/actor.ts';
import { type AuditVerdict, verifyAudit } from '../../catalog/audit/verify-audit.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { later } from '../../catalog/kernel/clock.ts';
import { mailRepository } from '../../catalog/mail/mail-repository.ts';
import type { DatasetRecord, DatasetState } from '../../catalog/model/dataset.ts';
import type { Act } from '../../catalog/model/lifecycle.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import { syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import type { Product } from '../compose.ts';
import { type CheckLinksOptions, checkLinks } from '../jobs/check-links.ts';
import { print, say } from './output.ts';

/** What brings a dataset from its state into the open. */
const actsToRelease: Readonly<Partial<Record<DatasetState, readonly Act[]>>> = {
  planned: ['submit', 'approve', 'publish'],
  draft: ['submit', 'approve', 'publish'],
  'in-review': ['approve', 'publish'],
  approved: ['publish'],
};

/** `khue publish`: releases what is approved; with `allReady`, also all that holds what a release needs. */
export async function publishReady(allReady: boolean, product: Product): Promise<number> {
  const repository = datasetRepository(product.database.read);
  let published = 0;
  let page = await repository.list({}, '', 200);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    for (const { record, state } of page) {
      const acts = actsToRelease[state] ?? [];
      const ready = state === 'approved' || (allReady && isReleasable(record));
      if (acts.length === 0 || !ready) continue;
      for (const act of acts) await advanceDataset(record.id, act, undefined, operator, product);
      published += 1;
    }
    page = await repository.list({}, last.record.id, 200);
  }
  return published;
}

function isReleasable(record: DatasetRecord): boolean {
  return validateDataset(record, 'release').length === 0;
}

/** `khue check-links`: asks the addresses of what is published, and scores what they tell about. Gives how many failed. */
export async function checkPublishedLinks(
  options: CheckLinksOptions & { readonly json: boolean },
  product: Product,
): Promise<number> {
  const report = await checkLinks(product, options);
  await measurePublished(product);
  if (options.json) print(JSON.stringify(report));
  else {
    for (const { url, status, error } of report.failed) say(`✗ ${status ?? error} ${url}`);
    print(`asked: ${report.asked}, answered: ${report.answered}, failed: ${report.failed.length}`);
  }
  return report.failed.length;
}

/** `khue measure`: scores what is published, and brings the figures into the feeds. */
export async function measure(product: Product): Promise<void> {
  const { scored, rewritten } = await measurePublished(product);
  print(`scored: ${scored}, figures published: ${rewritten}`);
}

const mailPatienceMs = 3_600_000;

/** `khue doctor`: looks whether the parts agree with each other. Gives what it found wrong. */
export async function examine(product: Product): Promise<readonly string[]> {
  const problems: string[] = [];
  if (!(await product.database.isReady()))
    problems.push('migrations are missing: run khue migrate');
  const counts = await datasetRepository(product.database.read).countByState();
  const { live } = await publishedRepository(product.database.read).extent();
  const published = counts.get('published') ?? 0;
  if (published !== live) {
    problems.push(`${published} datasets are in state published, but ${live} are in the feeds`);
  }
  for (const { syntax } of syntaxes) {
    const forms = await publishedRepository(product.database.read).countForms(syntax);
    if (forms !== live)
      problems.push(`${live} datasets are published, but ${forms} have a form in ${syntax}`);
  }
  problems.push(...(await mailProblems(product)));
  const audit = await product.database.snapshot(verifyAudit);
  if (audit.broken) problems.push(describeBreak(audit.broken));
  for (const problem of problems) say(`✗ ${problem}`);
  print(`audit: ${audit.acts} acts hold, the last with the hash ${audit.hash || '(none)'}`);
  if (problems.length === 0)
    print(`✓ ${published} published, every form there, migrations up to date`);
  return problems;
}

/** Mail that did not go out, and mail that nobody sends. */
async function mailProblems({ database, clock }: Product): Promise<readonly string[]> {
  const mails = mailRepository(database.read);
  const failed = (await mails.countByState()).get('failed') ?? 0;
  const since = await mails.waitingSince();
  const isLate = since !== undefined && since < later(clock(), -mailPatienceMs);
  return [
    ...(failed > 0 ? [`${failed} mails were given up: see /workspace/mail`] : []),
    ...(isLate ? [`mail has waited since ${since}: see /workspace/mail`] : []),
  ];
}

function describeBreak({ seq, because }: NonNullable<AuditVerdict['broken']>): string {
  const ways = {
    content: 'its content is not what was written',
    link: 'it does not follow from the act before it',
    gap: 'it is missing',
    end: 'it or what followed it was removed',
  };
  return `the audit is broken at act ${seq}: ${ways[because]}`;
}
