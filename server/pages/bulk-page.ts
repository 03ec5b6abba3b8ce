import type { ManyAct, Outcome } from '../../catalog/desk/act-on-many.ts';
import type { Dataset } from '../../catalog/inventory/dataset-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { placeOf } from './field-place.ts';
import { actsOnMany } from './inventory-page.ts';
import { type InventoryForm, inventoryAddress } from './inventory-query.ts';
import type { PageContext } from './page-context.ts';

/**
 * Reads which button was pressed, and what was written beside it.
 *
 * @throws {CatalogError} `invalid` / `act-unknown`, `invalid` / `nothing-to-set`
 */
export function manyActOf(sent: URLSearchParams): ManyAct {
  const written = sent.get('act') ?? '';
  const act = actsOnMany.find((known) => known === written);
  if (act) {
    const reason = sent.get('reason')?.trim();
    return { kind: 'advance', act, ...(act === 'return' && { reason: reason ?? '' }) };
  }
  if (written === 'officer') return { kind: 'revise', patch: officerPatch(sent) };
  if (written === 'quarter') return { kind: 'revise', patch: quarterPatch(sent) };
  throw new CatalogError('invalid', 'act-unknown', {
    vi: 'Hãy bấm một trong các nút dưới bảng.',
    en: 'Press one of the buttons below the table.',
  });
}

/** Only what was written is changed. */
function officerPatch(sent: URLSearchParams): unknown {
  const written = (['officer', 'officerEmail', 'unit'] as const).flatMap((name) => {
    const value = sent.get(name)?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  if (written.length === 0) {
    throw new CatalogError('invalid', 'nothing-to-set', {
      vi: 'Hãy ghi cán bộ hoặc đơn vị phụ trách.',
      en: 'Write the officer or the unit in charge.',
    });
  }
  return { inventory: { updateResponsibility: Object.fromEntries(written) } };
}

function quarterPatch(sent: URLSearchParams): unknown {
  const due = sent.get('due') ?? '';
  return { inventory: { release: { due, plan: due.slice(0, 4) } } };
}

export interface BulkInput {
  readonly outcomes: readonly Outcome[];
  readonly act: ManyAct;
  /** Those that the person may know of. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly form: InventoryForm;
}

/** What became of each row. */
export function bulkPage({ outcomes, act, datasets, form }: BulkInput, context: PageContext) {
  const done = outcomes.filter(({ error }) => !error);
  const failed = outcomes.filter(({ error }) => error);
  const name = (id: string) => {
    const dataset = datasets.get(id);
    return {
      title: dataset ? context.show(dataset.record.title) : { text: id },
      href: dataset && context.url(`/workspace/datasets/${id}`),
    };
  };
  return {
    act: context.t(act.kind === 'advance' ? `inventory.act.${act.act}` : 'inventory.act.revise'),
    back: context.url(inventoryAddress(form)),
    doneCount: context.plural('inventory.bulk.done', done.length),
    failedCount: context.plural('inventory.bulk.failed', failed.length),
    done: done.map(({ id }) => name(id)),
    failed: failed.map(({ id, error }) => ({
      ...name(id),
      why: error?.detail[context.lang] ?? '',
      findings: (error?.findings ?? [])
        .filter(({ pointer }) => datasets.has(id) && pointer !== '/reason')
        .map(({ pointer, message }) => `${placeOf(pointer, context)}: ${message[context.lang]}`),
    })),
  };
}
