import { join } from 'node:path';
import { onBothDatabases } from './both-databases.ts';
import { type BenchSetting, type Figure, inChild, median, percentile } from './measure.ts';

const requests = 10;
const commitments = 5000;
const most = { atMost: 100 };

const pages = {
  roadmap: 'roadmap',
  roadmapAgain: 'roadmap while nothing changes',
  json: 'roadmap as JSON',
  plan: 'public page of a plan',
  planAgain: 'public page of a plan while nothing changes',
  work: 'plan in the workspace',
  board: 'board of a plan',
  timeline: 'timeline of a plan',
};

/** The pages of a plan of 5,000 commitments, issued and amended, on both databases, drawn anew for each request. */
export function benchPlan({ runs, folder }: BenchSetting): Promise<readonly Figure[]> {
  return onBothDatabases('plan', folder, async (database, url) => {
    const args = [url, join(folder, `plan-${database}`), commitments, requests * runs].map(String);
    const taken = (await inChild('plan-child', args)) as Readonly<
      Record<keyof typeof pages | 'reference', readonly number[]>
    >;
    const reference = { name: 'the page of one’s account', value: median(taken.reference) };
    return Object.entries(pages).flatMap(([key, name]): readonly Figure[] => {
      const ms = taken[key as keyof typeof pages];
      const value = median(ms);
      return [
        { name: `${name}, ${database}, median`, value, unit: 'ms', reference, target: most },
        { name: `${name}, ${database}, 95th percentile`, value: percentile(ms, 0.95), unit: 'ms' },
      ];
    });
  });
}
