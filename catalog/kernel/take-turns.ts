/**
 * Lets those who ask at about the same time share one answer, which is begun only after each of them has asked: none is
 * told of an earlier moment than their own.
 */
export function takeTurns<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | undefined;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        const begun = ask();
        running = begun;
        next = undefined;
        return begun;
      });
    return next;
  };
}
