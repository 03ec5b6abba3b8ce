/** One choice of a list to choose from. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/** Choices, of which one may be chosen. */
export function choicesWith(
  choices: readonly { readonly value: string; readonly label: string }[],
  chosen: string | undefined,
): readonly Choice[] {
  return choices.map(({ value, label }) => ({ value, label, selected: value === chosen }));
}
