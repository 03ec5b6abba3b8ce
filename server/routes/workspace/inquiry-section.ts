import { agenciesOf } from '../../../catalog/access/actor.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { openStates } from '../../../catalog/reuse/inquiry-lifecycle.ts';
import { inquiryRepository } from '../../../catalog/reuse/inquiry-repository.ts';
import { inquirySection } from '../../pages/inquiry-section.ts';
import { agencyNames } from './agency-names.ts';
import type { LoadSection } from './work-section.ts';

const mostShown = 8;

/** Requests and reports that wait for an answer of somebody’s agencies; nothing where none waits. */
export const loadInquirySection: LoadSection = async ({ actor, context }, deps) => {
  const agencies = agenciesOf(actor);
  const filter = { states: openStates, ...(agencies !== 'all' && { agencies }) };
  const inquiries = inquiryRepository(deps.database.current);
  const total = await inquiries.count(filter);
  if (total === 0) return undefined;
  const shown = {
    inquiries: await inquiries.list(filter, 'due', 0, mostShown),
    total,
    agencies: await agencyNames(deps),
    today: localDate(deps.clock()),
  };
  return inquirySection(shown, context);
};
