import { Worker } from 'node:worker_threads';

/** Garbage is collected often rather than kept: by itself V8 would let it grow to gigabytes on a large machine. */
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1024 };

/**
 * Starts a module of ours on a thread of its own.
 *
 * @param module its name without the extension, relative to `from`: `./forms-thread`
 * @param from the `import.meta.url` of the caller
 */
export function startWorker(module: string, from: string, workerData: unknown): Worker {
  if (!from.endsWith('.ts')) {
    return new Worker(new URL(`${module}.js`, from), { workerData, resourceLimits });
  }
  // From source, a thread does not inherit the loader that its parent runs under.
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL(`${module}.ts`, from).href);
  const boot = `import(${loader}).then(({ register }) => (register(), import(${entry})))`;
  return new Worker(boot, { eval: true, workerData, resourceLimits });
}
