import type { AnnexImport, Outcome } from '../../catalog/desk/annex-import/annex-import.ts';
import {
  type JudgedRow,
  type Judgement,
  rowKinds,
} from '../../catalog/desk/annex-import/judge-import.ts';
import { type AnnexField, annexFields } from '../../catalog/exchange/annex/columns.ts';
import { headerTexts } from '../../catalog/exchange/annex/read-annex-table.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { FormFindings } from './findings.ts';
import { agencyChoices, cellOf, fieldName, fieldsAtFault, rowView } from './import-view.ts';
import type { PageContext } from './page-context.ts';
import { pager } from './pager.ts';
import { choicesWith } from './select-choices.ts';

export interface ImportPageInput {
  readonly draft: AnnexImport;
  /** Absent: what it wrote stands, and there is nothing to judge. */
  readonly judgement: Judgement | undefined;
  readonly agencies: readonly AgencyRecord[];
  /** Which rows are listed; anything else than a kind or `noted`: all. */
  readonly shown: string;
  readonly page: number;
  readonly findings: FormFindings;
  /** What was typed, when it could not be done. */
  readonly sent: URLSearchParams | undefined;
}

const pageSize = 50;
const mostWritten = 1000;

/** A table that was sent: how it is read, what each row would do, and what it did. */
export function importPage(input: ImportPageInput, context: PageContext) {
  const { draft, judgement, findings } = input;
  const { url, t } = context;
  const base = url(`/workspace/import/${draft.id}`);
  const judged = judgement?.table && { ...input, judgement };
  return {
    heading: draft.fileName,
    back: url('/workspace/import'),
    facts: factsOf(draft, context),
    remarks: remarksOf(draft, judgement, context),
    findings,
    outcome: draft.outcome ? outcomeView(draft.outcome, context) : undefined,
    undo: judgement ? undefined : `${base}/undo`,
    columns: judgement && columnsView(input, base, context),
    rows: judged && rowsView(judged, base, context),
    commit: judged && commitView(judged, base, context),
    discard: judgement && `${base}/discard`,
    csv: judged && `${base}/rows.csv`,
    agencies: agencyChoices(input.agencies, context),
    needsColumns: judgement && !judgement.table ? t('import.needsColumns') : undefined,
  };
}

/** An import that may be written still. */
type Judged = ImportPageInput & { readonly judgement: Judgement };

function factsOf(draft: AnnexImport, context: PageContext): string {
  return context.t('import.facts', {
    year: draft.plan,
    moment: context.moment(draft.createdAt),
  });
}

/** What there is to say of the file before anybody trusts it. */
function remarksOf(
  { upload, reading }: AnnexImport,
  judgement: Judgement | undefined,
  { t, plural }: PageContext,
): readonly string[] {
  const sheet = upload.sheets[reading.sheet];
  const { endsAt, sections = [] } = judgement ?? {};
  return [
    ...(upload.hasMacros ? [t('import.macros')] : []),
    ...(sheet?.formulas ? [plural('import.formulas', sheet.formulas)] : []),
    ...(sheet?.merged ? [plural('import.merged', sheet.merged)] : []),
    ...(sections.length > 0 ? [plural('import.sections', sections.length)] : []),
    ...(endsAt === undefined ? [] : [t('import.endsAt', { line: endsAt })]),
  ];
}

function outcomeView({ at, by, rows, undone }: Outcome, context: PageContext) {
  const { t, url, moment, plural } = context;
  const count = (act: string) => rows.filter((row) => row.act === act).length;
  const link = (id: string) => ({ id, href: url(`/workspace/datasets/${id}`) });
  return {
    said: t('import.outcome', { name: by, moment: moment(at) }),
    counts: [plural('import.created', count('create')), plural('import.updated', count('update'))],
    rows: rows.slice(0, mostWritten).map(({ id, act, line }) => ({
      ...link(id),
      line,
      verdict: t(`import.done.${act}`),
    })),
    more: rows.length > mostWritten ? plural('import.more', rows.length - mostWritten) : undefined,
    undone: undone && {
      said: t('import.undoneBy', { name: undone.by, moment: moment(undone.at) }),
      counts: [
        plural('import.removed', undone.removed.length),
        plural('import.restored', undone.restored.length),
        plural('import.kept', undone.kept.length),
      ],
      kept: undone.kept.map(({ id, why }) => ({ ...link(id), why: why[context.lang] })),
    },
  };
}

function columnsView(
  { draft, sent, findings }: ImportPageInput,
  base: string,
  context: PageContext,
) {
  const { upload, reading } = draft;
  const { t, number, plural } = context;
  const sheet = upload.sheets[reading.sheet];
  const texts = sheet ? headerTexts(reading, sheet) : [];
  const below = sheet?.rows.slice(reading.row + reading.height) ?? [];
  const width = Math.max(texts.length, ...below.slice(0, 50).map((row) => row.length));
  const chosen = new Map(
    Object.entries(reading.columns).map(([field, column]) => [column, field as AnnexField]),
  );
  const choices = annexFields.map((field) => ({ value: field, label: fieldName(field, context) }));
  return {
    action: `${base}/columns`,
    isOpen: draft.reading.columns.title === undefined || sent?.has('column/0') === true,
    sheets: upload.sheets.map(({ name, rows }, place) => ({
      value: String(place),
      label: `${name} (${plural('import.rowCount', rows.length)})`,
      selected: place === reading.sheet,
    })),
    row: sent?.get('row') ?? String(reading.row + 1),
    list: Array.from({ length: width }, (_, column) => {
      const name = `column/${column}`;
      const now = sent?.get(name) ?? chosen.get(column);
      return {
        name,
        letter: letterOf(column),
        heading: texts[column] || t('import.noHeading', { column: letterOf(column) }),
        samples: below
          .map((row) => row[column] ?? '')
          .filter((text) => text !== '')
          .slice(0, 2)
          .map((text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text)),
        choices: choicesWith(choices, now),
        problem: findings.at(`/${name}`),
      };
    }),
    matched: t('import.matched', { count: number(chosen.size), all: number(width) }),
  };
}

/** `A`, `Z`, `AA`: as spreadsheets name their columns. */
function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}

function rowsView(input: Judged, base: string, context: PageContext) {
  const { draft, judgement, agencies } = input;
  const isNoted = ({ kind, notes }: JudgedRow) => notes.length > 0 && kind !== 'left-out';
  const of = new Map<string, readonly JudgedRow[]>([
    ['', judgement.rows],
    ...rowKinds.map((kind) => [kind, judgement.rows.filter((row) => row.kind === kind)] as const),
    ['noted', judgement.rows.filter(isNoted)],
  ]);
  const shown = of.has(input.shown) ? input.shown : '';
  const listed = of.get(shown) ?? [];
  const page = Math.min(input.page, Math.max(1, Math.ceil(listed.length / pageSize)));
  const path = `/workspace/import/${draft.id}`;
  const query = new URLSearchParams({ show: shown });
  const same = sameTexts(judgement.rows, draft);
  const address = page > 1 ? `?show=${shown}&page=${page}` : shown === '' ? '' : `?show=${shown}`;
  return {
    action: `${base}/cells${address}`,
    tabs: [...of].flatMap(([kind, rows]) =>
      kind === '' || rows.length > 0
        ? [
            {
              label: context.t(`import.kind.${kind || 'all'}`),
              count: context.number(rows.length),
              href: `${base}${kind === '' ? '' : `?show=${kind}`}#rows`,
              isCurrent: kind === shown,
            },
          ]
        : [],
    ),
    list: listed.slice((page - 1) * pageSize, page * pageSize).map((row) => ({
      ...rowView(row, draft, agencies, context),
      edit: `${base}/rows/${row.line}`,
      mayLeaveOut: row.kind === 'refused' || row.kind === 'left-out',
      cells:
        row.kind === 'left-out'
          ? []
          : fieldsAtFault(row, draft).map((field) => {
              const text = cellOf(row, field, draft);
              const name = `${row.line}/${field}`;
              const alike = same(field, text);
              return {
                id: `cell-${row.line}-${field}`,
                name: `cell/${name}`,
                label: fieldName(field, context),
                value: input.sent?.get(`cell/${name}`) ?? text,
                isAgency: field === 'publisher',
                problem: input.findings.at(`/cell/${name}`),
                same:
                  alike > 1
                    ? { name: `same/${name}`, label: context.plural('import.same', alike) }
                    : undefined,
              };
            }),
    })),
    pager: pager(path, query, { page, pageSize, total: listed.length }, context),
  };
}

/** How many rows say the same in a column. */
function sameTexts(rows: readonly JudgedRow[], draft: AnnexImport) {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const field of fieldsAtFault(row, draft)) {
      const key = `${field}\n${cellOf(row, field, draft)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (field: AnnexField, text: string): number => counts.get(`${field}\n${text}`) ?? 0;
}

function commitView({ judgement, sent, findings }: Judged, base: string, context: PageContext) {
  const { counts, seal } = judgement;
  const { plural } = context;
  const toWrite = counts.create + counts.update;
  return {
    action: `${base}/commit`,
    seal,
    sums: [
      plural('import.willCreate', counts.create),
      plural('import.willUpdate', counts.update),
      plural('import.willStay', counts.unchanged),
      ...(counts['left-out'] > 0 ? [plural('import.willLeave', counts['left-out'])] : []),
    ],
    refused: counts.refused > 0 ? plural('import.without', counts.refused) : undefined,
    without: sent?.get('without') === '1',
    problem: findings.at('/without'),
    label: toWrite > 0 ? plural('import.write', toWrite) : undefined,
  };
}
