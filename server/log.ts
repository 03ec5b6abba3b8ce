import { type Logger, pino } from 'pino';
import type { LogLevel } from './config/settings.ts';

export type { Logger } from 'pino';

/** JSON lines on standard output, an event each. No names, addresses, query strings, tokens or bodies. */
export function createLog(level: LogLevel): Logger {
  return pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` });
}
