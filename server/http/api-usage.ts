import type { Request, Response } from 'express';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { isRobot } from '../../catalog/usage/robots.ts';
import type { UsageRecorder } from '../../catalog/usage/usage-recorder.ts';

export interface ApiUsageDeps {
  readonly usage: UsageRecorder;
  readonly clock: Clock;
}

/**
 * Counts a call of an API once it was answered with something: not HEAD, not 304, not a robot.
 *
 * @param datasetId what was read; empty for a search or a list
 */
export function countApiCall(
  request: Request,
  response: Response,
  datasetId: string,
  { usage, clock }: ApiUsageDeps,
): void {
  if (request.method === 'HEAD' || isRobot(request.get('User-Agent'))) return;
  response.once('finish', () => {
    if (response.statusCode !== 200) return;
    usage.record({ kind: 'api', datasetId, distributionId: '', day: localDate(clock()) });
  });
}
