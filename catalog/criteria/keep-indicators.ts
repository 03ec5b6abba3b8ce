import { auditRepository } from '../audit/audit-repository.ts';
import { factsRepository } from './facts-repository.ts';
import { type IndicatorDeps, takeIndicators } from './take-indicators.ts';

/** Keeps the indicators of the running periods true to the catalogue. */
export interface IndicatorKeeper {
  /** Takes them if something has happened since this process took them last. Gives the periods that were closed. */
  take(): Promise<readonly string[]>;
  /**
   * The same for somebody who is about to read, where it takes no time worth mentioning; a large catalogue is left to
   * the job, and is as old as its last round.
   */
  freshen(): Promise<void>;
}

/** Taken within tens of milliseconds. */
const mostAtOnce = 1000;
/** What nobody's act tells of, such as use, is looked for this often. */
const lookEveryMs = 5 * 60_000;

export function createIndicatorKeeper(deps: IndicatorDeps): IndicatorKeeper {
  let taken = '';
  let taking: Promise<readonly string[]> = Promise.resolve([]);

  const takeOnce = async (): Promise<readonly string[]> => {
    const state = await stateOf(deps);
    if (state === taken) return [];
    const closed = await takeIndicators(deps);
    taken = state;
    return closed;
  };
  const take = (): Promise<readonly string[]> => {
    taking = taking.catch(() => []).then(takeOnce);
    return taking;
  };
  return {
    take,
    async freshen() {
      if (!(await factsRepository(deps.database.read).holdsMoreThan(mostAtOnce))) await take();
    },
  };
}

/** What indicators follow from: every act is in the audit, every score is published, and time goes by. */
async function stateOf({ database, clock }: IndicatorDeps): Promise<string> {
  const { seq } = await auditRepository(database.read).head();
  const version = await database.version();
  return `${seq} ${version} ${Math.floor(Date.parse(clock()) / lookEveryMs)}`;
}
