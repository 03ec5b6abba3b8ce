/** Everybody who may come: with a role in the agency of the datasets, in another one, or in none of these. */
export const everyone = [
  'anonymous',
  'disabled',
  'expired',
  'editor',
  'approver',
  'other editor',
  'other approver',
  'coordinator',
  'administrator',
] as const;

export type Who = (typeof everyone)[number];

/** They come with something that does not count: a revoked token or a disabled account, an old token or session. */
export const nobody: readonly Who[] = ['anonymous', 'disabled', 'expired'];
export const agencyPeople: readonly Who[] = ['editor', 'approver'];
export const cityPeople: readonly Who[] = ['coordinator', 'administrator'];
export const signedIn: readonly Who[] = everyone.filter((who) => !nobody.includes(who));
export const others: readonly Who[] = ['other editor', 'other approver'];
