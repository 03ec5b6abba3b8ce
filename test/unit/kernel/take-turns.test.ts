import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { takeTurns } from '../../../catalog/kernel/take-turns.ts';

it('shares an answer among those who ask before it is begun, and gives none an older one', async () => {
  let now = 0;
  let asked = 0;
  const ask = takeTurns(async () => {
    asked += 1;
    const seen = now;
    await sleep(5);
    return seen;
  });

  const first = [ask(), ask()];
  await sleep(1);
  now = 1;
  const later = [ask(), ask(), ask()];

  expect(await Promise.all(first)).toEqual([0, 0]);
  expect(await Promise.all(later)).toEqual([1, 1, 1]);
  expect(asked).toBe(2);
});

it('asks again after a failure', async () => {
  let tries = 0;
  const ask = takeTurns(async () => {
    tries += 1;
    if (tries === 1) throw new Error('away');
    return tries;
  });

  await expect(ask()).rejects.toThrow('away');
  expect(await ask()).toBe(2);
});
