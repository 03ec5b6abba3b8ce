import type { Environment } from './settings.ts';

/** The one place that reads the process's environment. */
export const environment: Environment = process.env;
