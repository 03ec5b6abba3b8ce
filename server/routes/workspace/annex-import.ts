import { type Request, Router } from 'express';
import { type AnnexImport, isWritten } from '../../../catalog/desk/annex-import/annex-import.ts';
import {
  type CellCorrection,
  chooseReading,
  correctCells,
} from '../../../catalog/desk/annex-import/change-import.ts';
import { type CommitDeps, commitImport } from '../../../catalog/desk/annex-import/commit-import.ts';
import { judgeImport } from '../../../catalog/desk/annex-import/judge-import.ts';
import {
  assertImporter,
  dropImport,
  getImport,
  listImports,
  openImport,
} from '../../../catalog/desk/annex-import/open-import.ts';
import { undoImport } from '../../../catalog/desk/annex-import/undo-import.ts';
import { uploadLimits } from '../../../catalog/exchange/annex/read-upload.ts';
import { writeAnnexTemplate } from '../../../catalog/exchange/annex/write-template.ts';
import { agencyRepository } from '../../../catalog/inventory/agency-repository.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { planRepository } from '../../../catalog/plan/plan-repository.ts';
import { fileNameOf, fileOf } from '../../http/multipart-form.ts';
import { queryOf, wholeNumber } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { importCsv } from '../../pages/import-csv.ts';
import { importPage } from '../../pages/import-page.ts';
import { importRowPage } from '../../pages/import-row-page.ts';
import { importsPage } from '../../pages/imports-page.ts';
import { show, titled } from '../show-page.ts';
import {
  inEveryLanguage,
  type Outcome,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export type AnnexImportRouteDeps = WorkspaceDeps & CommitDeps;

const list = '/workspace/import';
const one = `${list}/:id`;
const file = { file: 'file', mostFileBytes: uploadLimits.bytes };

/** `/workspace/import`: the table of an annex, from the upload over its corrections to the datasets, and back. */
export function annexImportRoutes(
  { workspacePage, workspaceFile, workspaceAction, workspaceUpload }: WorkspaceHandlers,
  deps: AnnexImportRouteDeps,
): Router {
  const router = Router();
  const db = deps.database.current;

  router.get(
    inEveryLanguage(list),
    workspacePage((visit) => listPage(visit)),
  );
  router.post(inEveryLanguage(list), workspaceUpload(file, upload));
  router.get(
    inEveryLanguage(`${list}/template.xlsx`),
    workspaceFile(async ({ actor }) => {
      assertImporter(actor);
      const agencies = await agencyRepository(db).list();
      return {
        fileName: 'phu-luc-mau.xlsx',
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: Buffer.from(await writeAnnexTemplate(agencies.map(({ record }) => record))),
      };
    }),
  );
  router.get(
    inEveryLanguage(one),
    workspacePage(async (visit) => page(visit, await importOf(visit))),
  );
  router.get(
    inEveryLanguage(`${one}/rows.csv`),
    workspaceFile(async (visit) => {
      const draft = await importOf(visit);
      const judgement = await judgeImport(draft, visit.actor, db, deps.clock());
      return {
        fileName: `${draft.fileName.replace(/\.\w+$/, '')}-rows.csv`,
        mediaType: 'text/csv',
        body: importCsv(draft, judgement, visit.context),
      };
    }),
  );
  router.post(
    inEveryLanguage(`${one}/columns`),
    act(async (draft, _visit, form) => {
      const fields = [...form].flatMap(([name, field]) => {
        const column = /^column\/(\d{1,3})$/.exec(name)?.[1];
        return column === undefined || field === '' ? [] : [[Number(column), field] as const];
      });
      const choice = {
        sheet: Number(form.get('sheet') ?? draft.reading.sheet),
        headerRow: Number(form.get('row') ?? Number.NaN),
        fields: new Map(fields),
      };
      await chooseReading(draft, choice, deps);
      return `${list}/${draft.id}?done=import-columns#rows`;
    }),
  );
  router.post(
    inEveryLanguage(`${one}/cells`),
    act(async (draft, { request }, form) => {
      await correctCells(draft, cellsIn(form), leftOutIn(form), deps);
      const query = new URLSearchParams(
        [...queryOf(request)].filter(([name]) => name === 'show' || name === 'page'),
      );
      query.set('done', 'import-cells');
      return `${list}/${draft.id}?${query}#rows`;
    }),
  );
  router.post(
    inEveryLanguage(`${one}/commit`),
    act(async (draft, { actor }, form) => {
      const agreement = {
        seal: form.get('seal') ?? '',
        withoutRefused: form.get('without') === '1',
      };
      await commitImport(draft, agreement, actor, deps);
      return `${list}/${draft.id}?done=import-written`;
    }),
  );
  router.post(
    inEveryLanguage(`${one}/undo`),
    act(async (draft, { actor }) => {
      await undoImport(draft, actor, deps);
      return `${list}/${draft.id}?done=import-undone`;
    }),
  );
  router.post(
    inEveryLanguage(`${one}/discard`),
    act(async (draft) => {
      await dropImport(draft, deps);
      return `${list}?done=import-dropped`;
    }),
  );
  router.get(
    inEveryLanguage(`${one}/rows/:line`),
    workspacePage(async (visit) => rowPage(visit, await importOf(visit))),
  );
  router.post(
    inEveryLanguage(`${one}/rows/:line`),
    workspaceAction(async (visit, form) => {
      const draft = await importOf(visit);
      try {
        await correctCells(draft, cellsIn(form), leftOutIn(form), deps);
      } catch (error) {
        return rowPage(visit, await importOf(visit), { error, form });
      }
      return `${list}/${draft.id}/rows/${lineOf(visit.request)}?done=import-cells`;
    }),
  );
  return router;

  function importOf({ request, actor, visitor }: SignedInVisit): Promise<AnnexImport> {
    return getImport(String(request.params['id']), visitor.account.id, actor, db);
  }

  /** What a form of the page of an import does; what is wrong is said on that page, with what was typed. */
  function act(
    work: (draft: AnnexImport, visit: SignedInVisit, form: URLSearchParams) => Promise<string>,
  ) {
    return workspaceAction(async (visit, form): Promise<Outcome> => {
      try {
        return await work(await importOf(visit), visit, form);
      } catch (error) {
        return page(visit, await importOf(visit), { error, form });
      }
    });
  }

  async function upload(visit: SignedInVisit, form: URLSearchParams): Promise<Outcome> {
    const { request, actor, visitor } = visit;
    const plan = form.get('plan')?.trim() ?? '';
    const input = { bytes: fileOf(request), fileName: fileNameOf(request), plan };
    try {
      const { id } = await openImport(input, visitor.account.id, actor, deps);
      return `${list}/${id}`;
    } catch (error) {
      return listPage(visit, plan, error);
    }
  }

  async function listPage(
    { actor, context, visitor }: SignedInVisit,
    plan?: string,
    error?: unknown,
  ) {
    const [imports, years] = await Promise.all([
      listImports(visitor.account.id, actor, db),
      planRepository(db).years(),
    ]);
    const year = Number(localDate(deps.clock()).slice(0, 4));
    const model = importsPage(
      {
        imports,
        years: [...new Set([String(year), String(year + 1), ...years])].sort(),
        plan: plan ?? String(year),
        ownId: visitor.account.id,
        findings: findingsOf(error, context.lang),
      },
      context,
    );
    return show('workspace-imports', model, {
      title: titled('import.heading', context),
      nav: 'datasets',
    });
  }

  async function page(visit: SignedInVisit, draft: AnnexImport, tried?: Tried) {
    const { actor, context, request } = visit;
    const query = queryOf(request);
    const [judgement, agencies] = await Promise.all([
      isWritten(draft) ? undefined : judgeImport(draft, actor, db, deps.clock()),
      agencyRepository(db).list(),
    ]);
    const model = importPage(
      {
        draft,
        judgement,
        agencies: agencies.map(({ record }) => record),
        shown: query.get('show') ?? '',
        page: wholeNumber(query, 'page', { from: 1, to: 1_000_000, otherwise: 1 }),
        findings: findingsOf(tried?.error, context.lang),
        sent: tried?.form,
      },
      context,
    );
    return show('workspace-import', model, {
      title: `${draft.fileName} · ${context.t('site.name')}`,
      nav: 'datasets',
    });
  }

  async function rowPage(visit: SignedInVisit, draft: AnnexImport, tried?: Tried) {
    const { actor, context, request } = visit;
    const [judgement, agencies] = await Promise.all([
      judgeImport(draft, actor, db, deps.clock()),
      agencyRepository(db).list(),
    ]);
    const line = lineOf(request);
    if (!judgement.table?.rows.some((row) => row.line === line)) throw noRow(line);
    const model = importRowPage(
      {
        draft,
        judgement,
        line,
        agencies: agencies.map(({ record }) => record),
        findings: findingsOf(tried?.error, context.lang),
        sent: tried?.form,
      },
      context,
    );
    return show('workspace-import-row', model, {
      title: `${model.heading} · ${context.t('site.name')}`,
      nav: 'datasets',
    });
  }
}

/** A form that was sent, and why it was not done. */
interface Tried {
  readonly error: unknown;
  readonly form: URLSearchParams;
}

/** The cells of a form: `cell/12/title` what it is to say, `same/12/title` whether every like cell is to say it. */
function cellsIn(form: URLSearchParams): readonly CellCorrection[] {
  return [...form].flatMap(([name, text]) => {
    const [, line, field] = /^cell\/(\d{1,7})\/(\w{1,40})$/.exec(name) ?? [];
    if (line === undefined || field === undefined) return [];
    const everywhere = form.get(`same/${line}/${field}`) === '1';
    return [{ line: Number(line), field, text, everywhere }];
  });
}

/** Of each row whose form can leave it out, whether it does. */
function leftOutIn(form: URLSearchParams): ReadonlyMap<number, boolean> {
  const lines = form.getAll('row').map(Number).filter(Number.isSafeInteger);
  return new Map(lines.map((line) => [line, form.get(`left/${line}`) === '1']));
}

const lineOf = ({ params }: Request): number => Number(params['line']);

function noRow(line: number): CatalogError {
  return new CatalogError('not-found', 'import-row-not-found', {
    vi: `Bảng không có dòng ${line}.`,
    en: `The table has no row ${line}.`,
  });
}
