import { defineConfig } from 'vitest/config';

const postgres = ['test/support/global-postgres.ts'];

/** A kind of test: a folder of that name, with the patience it needs and the servers it talks to. */
function kind(name: string, testTimeout: number, globalSetup: string[] = []) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout,
      hookTimeout: Math.max(60_000, testTimeout * 2),
      globalSetup,
    },
  };
}

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Every file that loaded the product anew took as long as its tests: modules hold nothing a test could change.
    isolate: false,
    teardownTimeout: 30_000,
    projects: [
      kind('architecture', 60_000),
      kind('unit', 60_000),
      kind('storage', 60_000, postgres),
      kind('http', 60_000, postgres),
      kind('conformance', 120_000, postgres),
      kind('browser', 120_000, postgres),
    ],
  },
});
