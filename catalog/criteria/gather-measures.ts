import { setImmediate as pause } from 'node:timers/promises';
import type { Queryable } from '../storage/database.ts';
import { factsRepository } from './facts-repository.ts';
import type { KeptScope } from './indicator-repository.ts';
import type { Fact, MeasureGroup, Span } from './measures/measure.ts';
import { city } from './scopes.ts';

export type Measured = Omit<KeptScope, 'values'>;

const atOnce = 2000;

/** What is to be measured. */
export interface Gathering {
  readonly span: Span;
  readonly groups: readonly MeasureGroup[];
  /** Facts from before, beside what the groups gather now. */
  readonly kept: readonly Fact[];
  /** Measures of which some records are named with the sums. */
  readonly named: ReadonlySet<string>;
}

/** Measures a span: what each record adds, summed up for its agency, its themes and the city. */
export async function gatherMeasures(
  { span, groups, kept, named }: Gathering,
  db: Queryable,
): Promise<readonly Measured[]> {
  const themesOf = await factsRepository(db).themes();
  const facts = [...kept, ...(await gatherFacts(groups, span, db))];
  const sums = createSums(named);
  for (const [index, fact] of facts.entries()) {
    sums.add(fact, fact.themes ?? themesOf.get(fact.record.replace(/^dataset\//, '')) ?? []);
    // Requests are not to wait for a long list.
    if (index % atOnce === 0) await pause();
  }
  return sums.list();
}

/** What the groups say of a span, one after the other: requests are not to wait for all of them. */
export async function gatherFacts(
  groups: readonly MeasureGroup[],
  span: Span,
  db: Queryable,
): Promise<readonly Fact[]> {
  const facts: Fact[][] = [];
  for (const group of groups) {
    facts.push([...(await group.gather(span, db))]);
    await pause();
  }
  return facts.flat();
}

interface Sums {
  agency?: string;
  themes?: readonly string[];
  readonly measures: Record<string, number>;
  readonly missing: Record<string, string[]>;
}

const mostNamed = 20;

function createSums(named: ReadonlySet<string>) {
  const scopes = new Map<string, Sums>();
  const of = (scope: string): Sums => {
    const known = scopes.get(scope);
    if (known) return known;
    const made: Sums = { measures: {}, missing: {} };
    scopes.set(scope, made);
    return made;
  };
  const plus = ({ measures }: Sums, amounts: Fact['amounts']): void => {
    for (const [name, amount] of Object.entries(amounts)) {
      if (amount !== 0) measures[name] = (measures[name] ?? 0) + amount;
    }
  };
  const plusNamed = (sums: Sums, { record, amounts }: Fact): void => {
    plus(sums, amounts);
    for (const name of named) {
      if (!amounts[name]) continue;
      sums.missing[name] ??= [];
      const ids = sums.missing[name];
      if (ids.length < mostNamed) ids.push(record);
    }
  };
  of(city);
  return {
    add(fact: Fact, themes: readonly string[]): void {
      const { record, agency, amounts } = fact;
      if (record === city) {
        Object.assign(of(city).measures, amounts);
        return;
      }
      const own = of(record);
      if (agency !== undefined) own.agency = agency;
      if (themes.length > 0) own.themes = themes;
      plus(own, amounts);
      plusNamed(of(city), fact);
      if (agency !== undefined) {
        const publisher = of(`publisher/${agency}`);
        publisher.agency = agency;
        plusNamed(publisher, fact);
      }
      for (const theme of themes) plusNamed(of(`theme/${theme}`), fact);
    },
    list: (): readonly Measured[] =>
      [...scopes].map(([scope, measured]) => ({ scope, ...measured })),
  };
}
