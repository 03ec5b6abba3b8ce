import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { operator } from '../../catalog/access/actor.ts';
import { readAnnex } from '../../catalog/exchange/annex/read-annex.ts';
import type { IncomingItem } from '../../catalog/exchange/import-item.ts';
import {
  graphPolicy,
  type ImportPolicy,
  planPolicy,
  sourcePolicy,
} from '../../catalog/exchange/import-policy.ts';
import {
  emptyReport,
  type ImportReport,
  importRecords,
} from '../../catalog/exchange/import-records.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { decodeAgency, saveAgency } from '../../catalog/inventory/save-agency.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { Product } from '../compose.ts';
import { dcatItems } from './dcat-items.ts';
import { ckanItems, dataJsonItems } from './json-items.ts';
import { bilingual, createProgress, print, say, UsageError } from './output.ts';

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `khue import annex`: the table of a decision, as planned datasets of a year's plan. */
export async function importAnnex(
  file: string,
  plan: string,
  options: ImportOptions,
  product: Product,
): Promise<ImportReport> {
  if (!/^20\d{2}$/.test(plan))
    throw new UsageError(`--plan must be a year such as 2026, not "${plan}"`);
  const agencies = await agencyRepository(product.database.read).list();
  const items = readAnnex({
    bytes: await readLocal(file),
    fileName: basename(file),
    plan,
    agencies: agencies.map(({ record }) => record),
  });
  return run(items, planPolicy, options, product);
}

/** `khue import ckan`: package_show or package_search answers, NDJSON dumps, or a folder of them. */
export async function importCkan(
  source: string,
  options: ImportOptions,
  product: Product,
): Promise<ImportReport> {
  return run(ckanItems(source), sourcePolicy, options, product);
}

/** `khue import datajson`: the datasets of a data.json in DCAT-US 1.1, or of every one in a folder. */
export async function importDataJson(
  source: string,
  options: ImportOptions & { readonly publisher?: string; readonly language?: string },
  product: Product,
): Promise<ImportReport> {
  return run(dataJsonItems(source, options), sourcePolicy, options, product);
}

/** `khue import dcat`: the datasets of any DCAT catalogue, in any RDF syntax. */
export async function importDcat(
  source: string,
  options: ImportOptions & { readonly publisher?: string; readonly language?: string },
  product: Product,
): Promise<ImportReport> {
  const { publisher, language } = options;
  const reading = { source, baseURL: product.describer.baseURL, options: { publisher, language } };
  return run(dcatItems(reading), graphPolicy, options, product);
}

async function readLocal(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

async function run(
  items: AsyncIterable<IncomingItem>,
  policy: ImportPolicy,
  options: ImportOptions,
  product: Product,
): Promise<ImportReport> {
  const progress = createProgress('import');
  const report = await importRecords(items, policy, {
    database: product.database,
    clock: product.clock,
    reflect: product.reflect,
    actor: operator,
    dryRun: options.dryRun,
    onProgress: ({ read }) => progress.show(read),
  });
  progress.clear();
  return report;
}

/** `khue import agencies`: a JSON array of agencies, or an object that holds one under `agencies`. */
export async function importAgencies(
  file: string,
  options: ImportOptions,
  product: Product,
): Promise<ImportReport> {
  const parsed = parseJson(await readLocal(file), file);
  const list: unknown =
    typeof parsed === 'object' && parsed !== null && 'agencies' in parsed
      ? parsed.agencies
      : parsed;
  if (!Array.isArray(list)) throw new UsageError(`${file} must hold a JSON array of agencies`);
  const report = emptyReport();
  for (const [index, item] of list.entries()) {
    report.read += 1;
    try {
      const agency = decodeAgency(item);
      const done = options.dryRun
        ? (await agencyRepository(product.database.read).find(agency.id))
          ? 'unchanged'
          : 'created'
        : await product.database.transaction((tx) => saveAgency(tx, agency, product.clock));
      report[done] += 1;
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      const id: unknown = (item as { id?: unknown } | null)?.id;
      const findings = error.findings.map(({ pointer, message }) => ({
        vi: `${pointer}: ${message.vi}`,
        en: `${pointer}: ${message.en}`,
      }));
      report.rejected.push({
        line: index + 1,
        ...(typeof id === 'string' && { id }),
        reason: {
          vi: findings.map(({ vi }) => vi).join(' ') || error.detail.vi,
          en: findings.map(({ en }) => en).join(' ') || error.detail.en,
        },
      });
    }
  }
  return report;
}

function parseJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/** Ends an import with its report: one JSON object for machines, words for people. */
export function printReport(report: ImportReport, options: ImportOptions): void {
  const { notes, ...counts } = report;
  if (options.json) {
    print(JSON.stringify({ ...counts, notes, dryRun: options.dryRun }));
    return;
  }
  for (const { line, id, reason } of report.rejected) {
    say(`✗ ${line}${id === undefined ? '' : ` (${id})`}: ${bilingual(reason)}`);
  }
  for (const { line, id, note } of notes) say(`· ${line} (${id}): ${bilingual(note)}`);
  const { read, created, updated, unchanged, published, rejected } = report;
  print(
    `${options.dryRun ? '[dry run] ' : ''}read ${read} · created ${created} · updated ${updated} · unchanged ${unchanged} · published ${published} · rejected ${rejected.length}`,
  );
}
