import { join } from 'node:path';
import { operator } from '../catalog/access/actor.ts';
import type { AccessDeps } from '../catalog/access/sessions.ts';
import { tokenRepository } from '../catalog/access/token-repository.ts';
import { seedCriteria } from '../catalog/criteria/get-criteria.ts';
import {
  createIndicatorKeeper,
  type IndicatorKeeper,
} from '../catalog/criteria/keep-indicators.ts';
import { createDescriber, type Describer } from '../catalog/dcat/record-forms.ts';
import { fillLines, reflectLines, reflectRanking } from '../catalog/desk/reflect-lines.ts';
import { noteSteps } from '../catalog/duty/notify.ts';
import { fillDuties, reflectDuties } from '../catalog/duty/reflect-duties.ts';
import { reflectIdentities } from '../catalog/exchange/ckan-action/reflect-identities.ts';
import { agencyRepository } from '../catalog/inventory/agency-repository.ts';
import type { AttachFileDeps } from '../catalog/inventory/attach-file.ts';
import { saveAgency } from '../catalog/inventory/save-agency.ts';
import type { ReflectChanges } from '../catalog/inventory/write-datasets.ts';
import { type Clock, systemClock } from '../catalog/kernel/clock.ts';
import type { ResourceRecord } from '../catalog/model/resource.ts';
import { type CardPainter, createCardPainter } from '../catalog/picture/card-painter.ts';
import {
  fillCommitments,
  reflectCommitmentRanking,
  reflectCommitments,
} from '../catalog/plan/reflect-commitments.ts';
import { reflectRoadmap } from '../catalog/plan/reflect-roadmap.ts';
import type { SavePlanDeps } from '../catalog/plan/save-plan.ts';
import { createPreviewStore, type PreviewStore } from '../catalog/preview/preview-store.ts';
import { createTableReader, type TableReader } from '../catalog/preview/table-reader.ts';
import { catalogSeed } from '../catalog/publication/catalog-record.ts';
import { rebaseCatalog } from '../catalog/publication/rebase-catalog.ts';
import { reflectPublication } from '../catalog/publication/reflect-publication.ts';
import { resourceRepository } from '../catalog/publication/resource-repository.ts';
import { saveResource } from '../catalog/publication/save-resource.ts';
import type { InquiryDeps } from '../catalog/reuse/submit-inquiry.ts';
import type { TellSenderDeps } from '../catalog/reuse/tell-sender.ts';
import { reflectSearch } from '../catalog/search/reflect-search.ts';
import { createSearch, type Search } from '../catalog/search/search-datasets.ts';
import { type Database, openDatabase } from '../catalog/storage/database.ts';
import { createFileStore } from '../catalog/storage/file-store.ts';
import { createUsageRecorder, type UsageRecorder } from '../catalog/usage/usage-recorder.ts';
import { recordShapes } from '../catalog/validation/record-shapes.ts';
import { sessionSecret } from './config/session-secret.ts';
import type { Config } from './config/settings.ts';
import { type CountUse, createUseCounter } from './http/count-use.ts';
import { createStaffTest } from './http/own-staff.ts';
import { createSenderKeys, type SenderKeys } from './http/sender-keys.ts';
import { createSingleSignOn, type SingleSignOn } from './http/single-sign-on.ts';
import { createLog, type Logger } from './log.ts';
import { outcomeMail } from './pages/outcome-mail.ts';
import { callbackPath } from './routes/workspace/single-sign-on.ts';

/** Everything that handlers and commands work with, built once. */
export interface Product extends AttachFileDeps, AccessDeps, InquiryDeps, TellSenderDeps {
  readonly config: Config;
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
  readonly search: Search;
  readonly senderKey: SenderKeys;
  /** Keeps the search true to what is published, inside the transaction that changes it. */
  readonly index: ReflectChanges;
  readonly usage: UsageRecorder;
  readonly countUse: CountUse;
  readonly indicators: IndicatorKeeper;
  readonly previews: PreviewStore;
  readonly tables: TableReader;
  readonly painter: CardPainter;
  readonly tokens: ReturnType<typeof tokenRepository>;
  readonly rerank: SavePlanDeps['rerank'];
  /** Absent: OIDC_ISSUER is not set. */
  readonly singleSignOn: SingleSignOn | undefined;
  readonly log: Logger;
  /** Has something done before the database is closed. */
  onClose(work: () => Promise<void>): void;
  close(): Promise<void>;
}

/** Builds the product over an open, migrated database. It alone knows all the parts. */
export async function compose(config: Config, clock: Clock = systemClock): Promise<Product> {
  const database = openDatabase(config.databaseURL, config.databaseReadURL);
  await database.migrate();
  await seed(database, clock);
  await seedCriteria(database, clock);
  const describer = createDescriber(config.baseURL);
  const publish = reflectPublication(describer);
  const index = reflectSearch(database.traits);
  const secret = sessionSecret(config);
  const tokens = tokenRepository(database, clock);
  const log = createLog(config.logLevel);
  const { baseURL, ownNetworks, trustProxy } = config;
  const access = { database, clock, secret, tokens, baseURL, ownNetworks };
  const usage = createUsageRecorder({
    database,
    clock,
    isStaff: createStaffTest(access),
    onTrouble: ({ error, ...counts }) =>
      error === undefined
        ? log.warn({ event: 'usage.resumed', ...counts })
        : log.error({ event: 'usage.waiting', err: error, ...counts }),
  });
  const previews = createPreviewStore(config.dataDir);
  const tables = createTableReader(previews);
  const painter = createCardPainter();
  const beforeClose: (() => Promise<void>)[] = [];
  const product: Product = {
    config,
    baseURL: config.baseURL,
    database,
    clock,
    secret,
    singleSignOn: singleSignOn(config),
    describer,
    usage,
    countUse: createUseCounter({ usage, clock, baseURL, trustProxy }),
    indicators: createIndicatorKeeper({ database, clock }),
    index,
    previews,
    tables,
    painter,
    senderKey: createSenderKeys({ database, clock }),
    deadlines: {
      request: config.requestDays,
      feedback: config.feedbackDays,
      holidays: config.holidays,
    },
    writeOutcome: outcomeWriter(config),
    shapes: recordShapes(describer),
    search: createSearch(database, clock),
    tokens,
    files: createFileStore(join(config.dataDir, 'files')),
    log,
    downloadURL: (id, fileName) => `${config.baseURL}/download/${id}/${fileName}`,
    reflect: async (tx, changes, by) => {
      await publish(tx, changes);
      await reflectRoadmap(tx, changes);
      await reflectCommitments(tx, changes);
      await index(tx, changes);
      await reflectIdentities(tx, changes);
      await reflectDuties(tx, changes);
      await reflectLines(tx, changes);
      // Without mail nobody could be told, and nothing shall wait for ever.
      if (config.smtpURL !== undefined) await noteSteps(tx, changes, by);
    },
    rerank: async (tx, plan) => {
      await reflectRanking(tx, plan);
      await reflectCommitmentRanking(tx, plan);
    },
    onClose: (work) => beforeClose.push(work),
    async close() {
      for (const work of beforeClose) await work();
      await tables.close();
      await painter.close();
      await usage.stop();
      await database.close();
    },
  };
  const moved = await rebaseCatalog(config.baseURL, product);
  if (moved > 0) product.log.info({ event: 'catalog.rebased', datasets: moved });
  await fillDuties(database);
  await fillLines(database);
  await fillCommitments(database);
  await seedServices(product);
  return product;
}

/** Who sent something is told by mail what became of it, where there is a mail server. */
function outcomeWriter({ smtpURL, baseURL }: Config): TellSenderDeps['writeOutcome'] {
  return smtpURL === undefined ? undefined : (outcome) => outcomeMail(outcome, baseURL);
}

function singleSignOn(config: Config): SingleSignOn | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, baseURL } = config;
  if (issuer === undefined || clientId === undefined) return undefined;
  return createSingleSignOn({
    issuer,
    clientId,
    clientSecret: config.oidcClientSecret,
    redirectURL: `${baseURL}${callbackPath}`,
    signedOutURL: `${baseURL}/workspace/sign-in`,
  });
}

/** The catalogue's own interfaces stand in it like any other service. */
async function seedServices(product: Product): Promise<void> {
  const text = JSON.stringify(catalogSeed.services).replaceAll('{base}', product.baseURL);
  for (const service of JSON.parse(text) as readonly ResourceRecord[]) {
    const known = await resourceRepository(product.database.read).find('service', service.id);
    // One that was withdrawn on purpose stays away.
    if (known && !known.isLive) continue;
    await saveResource('service', service, 'any', operator, product);
  }
}

/** A catalogue always has the agency that answers for it. */
async function seed(database: Database, clock: Clock): Promise<void> {
  const { coordinator } = catalogSeed;
  if (await agencyRepository(database.read).find(coordinator.id)) return;
  await database.transaction((tx) => saveAgency(tx, coordinator, clock));
}
