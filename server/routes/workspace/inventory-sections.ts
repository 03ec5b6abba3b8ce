import { type Actor, agenciesOf } from '../../../catalog/access/actor.ts';
import {
  inventoryLineRepository,
  type LineFilter,
} from '../../../catalog/desk/inventory-line-repository.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { type Act, transitions } from '../../../catalog/model/lifecycle.ts';
import { inventorySection, type SectionInput } from '../../pages/inventory-section.ts';
import type { LoadSection } from './work-section.ts';

const mostShown = 8;

interface TableSection {
  readonly key: SectionInput['key'];
  /** Shown to those who may do this to what is in it. */
  readonly act: Act;
  readonly filter: Pick<LineFilter, 'state' | 'returned'>;
  /** The same, as the address of the table says it. */
  readonly query: string;
  /** Whether it is there when nothing waits in it. */
  readonly isAlways?: true;
}

const tableSections: readonly TableSection[] = [
  {
    key: 'returned',
    act: 'submit',
    filter: { state: 'draft', returned: true },
    query: 'state=draft&returned=1',
  },
  {
    key: 'review',
    act: 'approve',
    filter: { state: 'in-review' },
    query: 'state=in-review',
    isAlways: true,
  },
  { key: 'release', act: 'publish', filter: { state: 'approved' }, query: 'state=approved' },
  {
    key: 'drafts',
    act: 'submit',
    filter: { state: 'draft', returned: false },
    query: 'state=draft&sort=due',
    isAlways: true,
  },
];

/** What waits for somebody in the inventory: what came back, what they approve, what they release, what they complete. */
export const inventorySections: readonly LoadSection[] = tableSections.map(
  ({ key, act, filter, query, isAlways }): LoadSection =>
    async ({ actor, context }, { database, clock }) => {
      const agencies = agenciesWhere(actor, act);
      if (agencies?.length === 0) return undefined;
      const repository = inventoryLineRepository(database.current);
      const narrowed = { ...filter, agencies };
      const [lines, counts] = await Promise.all([
        repository.list(narrowed, 'due', { limit: mostShown, offset: 0 }),
        repository.countByState(narrowed),
      ]);
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      if (total === 0 && !isAlways) return undefined;
      const today = localDate(clock());
      const href = `/workspace/datasets?${query}`;
      return inventorySection({ key, href, lines, total, today }, context);
    },
);

/** The agencies for which somebody may do this; absent: for all of them. */
function agenciesWhere(actor: Actor, act: Act): readonly string[] | undefined {
  const grants = actor.grants.filter(({ role }) => transitions[act].roles.includes(role));
  const agencies = agenciesOf({ ...actor, grants });
  return agencies === 'all' ? undefined : agencies;
}
