import type { Reuse, ReuseCheck } from './reuse-repository.ts';

/** What was found at the address of a reuse. */
export interface Found {
  readonly at: string;
  /** Whether the page answered. */
  readonly isAnswered: boolean;
  /** Whether it leads back to the catalogue. */
  readonly leadsBack: boolean;
}

/** A page that did not answer so many times in a row is known to be dead; once may be a bad day. */
const failuresOfTheDead = 3;

/** What is known of a reuse's page after it was asked for once more. */
export function checkedReuse(
  { failures, deadSince, provenAt }: Pick<Reuse, 'failures' | 'deadSince' | 'provenAt'>,
  { at, isAnswered, leadsBack }: Found,
): ReuseCheck {
  const proven = leadsBack ? at : provenAt;
  const kept = { checkedAt: at, ...(proven !== undefined && { provenAt: proven }) };
  if (isAnswered) return { ...kept, failures: 0 };
  const isDead = failures + 1 >= failuresOfTheDead;
  return { ...kept, failures: failures + 1, ...(isDead && { deadSince: deadSince ?? at }) };
}
