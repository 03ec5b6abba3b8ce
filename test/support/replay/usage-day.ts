import type { UsageKind } from '../../../catalog/usage/usage-event.ts';
import type { Sent } from './server-process.ts';

/** A request, when it is sent, and what it should be answered with. */
export interface Planned extends Sent {
  /** Seconds into the day. */
  readonly second: number;
  readonly status: number;
}

/** What is to be published of a day, known because it was planned so. */
export interface Truth {
  /** By dataset and kind: what counts, and all of it. */
  readonly counts: ReadonlyMap<string, { readonly count: number; readonly raw: number }>;
  /** How many events each rule removes. */
  readonly removed: Readonly<Record<string, number>>;
  /** Who counts for a dataset; for the city under no id. */
  readonly visitors: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every address and every agent that was sent. */
  readonly secrets: ReadonlySet<string>;
}

export interface UsageDay {
  readonly requests: readonly Planned[];
  readonly truth: Truth;
}

export interface ReplayWorld {
  /** Each has `{id}-tep`, a file of ours of eight bytes, and `{id}-xa`, a file elsewhere. */
  readonly datasets: readonly string[];
  readonly staffToken: string;
  /** What the browser of somebody holds who signed in in that hour of the day. */
  readonly staffSessions: readonly string[];
}

const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
];
const programs = ['curl/8.5.0', 'python-requests/2.32.3', 'Wget/1.21.4'];
const robots = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)',
  'heritrix/3.4.0',
];
/** Moments lie in groups, so that many requests share one: some seconds after every fourth minute. */
const offsets = [0, 12, 29, 62];
const groupSeconds = 240;
const groups = 86_400 / groupSeconds;

/** One of the callers of the day, and what they do. */
interface Caller {
  readonly address: string;
  readonly agent: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Plans a day of about so many requests: people, double clicks, downloads in parts, programs, feeds, known robots, and
 * those that only behave as robots. The same number always gives the same day.
 */
export function planUsageDay(
  about: number,
  { datasets, staffToken, staffSessions }: ReplayWorld,
): UsageDay {
  const random = randomNumbers(20_261_123);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const requests: Planned[] = [];
  const counts = new Map<string, { count: number; raw: number }>();
  const removed: Record<string, number> = {};
  const visitors = new Map<string, Set<string>>();
  const secrets = new Set<string>();
  let callers = 0;

  const caller = (agents: readonly string[]): Caller => {
    callers += 1;
    const address = `100.${64 + (callers >> 16)}.${(callers >> 8) & 255}.${callers & 255}`;
    return { address, agent: pick(agents) };
  };
  const group = () => Math.floor(random() * (groups - 2)) * groupSeconds;

  /** Plans a request, and notes what it counts for: `rule` says that it does not. */
  const plan = (
    from: Caller,
    second: number,
    what: { readonly path: string; readonly kind?: UsageKind; readonly dataset?: string } & Partial<
      Pick<Planned, 'method' | 'status' | 'headers'>
    >,
    rule?: string,
  ) => {
    const { path, kind, dataset = '', method = 'GET', status = 200, headers = {} } = what;
    secrets.add(from.address).add(from.agent);
    requests.push({
      second,
      status,
      method,
      path,
      address: from.address,
      headers: { 'User-Agent': from.agent, ...from.headers, ...headers },
    });
    if (kind === undefined) return;
    const key = `${dataset} ${kind}`;
    const known = counts.get(key) ?? { count: 0, raw: 0 };
    counts.set(key, { count: known.count + (rule === undefined ? 1 : 0), raw: known.raw + 1 });
    if (rule !== undefined) {
      removed[rule] = (removed[rule] ?? 0) + 1;
      return;
    }
    for (const id of new Set(['', dataset])) {
      const seen = visitors.get(id) ?? new Set();
      visitors.set(id, seen.add(`${from.address} ${from.agent}`));
    }
  };
  const file = (dataset: string) =>
    ({ path: `/download/${dataset}-tep/tep.csv`, kind: 'download', dataset }) as const;
  const link = (dataset: string) =>
    ({ path: `/download/${dataset}-xa/tep.csv`, kind: 'download', dataset, status: 302 }) as const;
  const page = (dataset: string) =>
    ({
      path: `/dataset/${dataset}`,
      kind: 'view',
      dataset,
      headers: { Accept: 'text/html' },
    }) as const;
  const styles = { path: '/assets/day.css' };

  const doings: readonly (readonly [share: number, do_: () => void])[] = [
    [
      48,
      function fetchFiles() {
        const person = caller([...browsers, ...programs]);
        const start = group();
        const [some, other] = [pick(datasets), pick(datasets)];
        plan(person, start, link(some));
        // A minute later the same counts again.
        plan(person, start + 62, link(some));
        plan(person, start + 12, file(other));
      },
    ],
    [
      4,
      function lookAndFetch() {
        const person = caller(browsers);
        const start = group();
        const dataset = pick(datasets);
        plan(person, start, page(dataset));
        plan(person, start, styles);
        plan(person, start + 29, file(dataset));
      },
    ],
    [
      8,
      function clickTwice() {
        const person = caller(browsers);
        const start = group();
        const dataset = pick(datasets);
        plan(person, start, link(dataset), 'double-click');
        plan(person, start + 12, link(dataset), 'double-click');
        plan(person, start + 29, link(dataset));
        // 33 seconds after the last: another one.
        plan(person, start + 62, link(dataset));
      },
    ],
    [
      5,
      function fetchInParts() {
        const person = caller(programs);
        const start = group();
        const dataset = pick(datasets);
        const part = (range: string) => ({
          ...file(dataset),
          status: 206,
          headers: { Range: range },
        });
        plan(person, start, part('bytes=0-3'));
        plan(person, start, part('bytes=4-5'), 'range-continuation');
        plan(person, start + 12, part('bytes=6-'), 'range-continuation');
      },
    ],
    [
      4,
      function askAgain() {
        const person = caller(browsers);
        const start = group();
        const dataset = pick(datasets);
        plan(person, start, { ...file(dataset), method: 'HEAD' }, 'head');
        plan(
          person,
          start + 12,
          { ...file(dataset), status: 304, headers: { 'If-None-Match': '*' } },
          'not-modified',
        );
        plan(person, start + 29, { path: `/download/khong-co-${start}/x.csv`, status: 404 });
      },
    ],
    [
      8,
      function callTheApi() {
        const program = caller(programs);
        const start = group();
        const dataset = pick(datasets);
        const record = { path: `/api/v1/datasets/${dataset}`, kind: 'api', dataset } as const;
        plan(program, start, record);
        plan(program, start, record);
        plan(program, start + 12, { path: '/api/v1/datasets?limit=2', kind: 'api' });
      },
    ],
    [
      6,
      function harvest() {
        const program = caller(programs);
        const start = group();
        const dataset = pick(datasets);
        plan(program, start, { path: '/catalog.ttl?page_size=5', kind: 'feed' });
        plan(program, start + 12, { path: `/dataset/${dataset}.ttl`, kind: 'feed', dataset });
        plan(
          program,
          start + 29,
          {
            path: '/catalog.ttl?page_size=5',
            kind: 'feed',
            status: 304,
            headers: { 'If-None-Match': '*' },
          },
          'not-modified',
        );
      },
    ],
    [
      12,
      function crawl() {
        const robot = caller(robots);
        const start = group();
        for (const offset of offsets) plan(robot, start + offset, link(pick(datasets)), 'robot');
        plan(robot, start, { path: '/catalog.ttl?page_size=5', kind: 'feed' }, 'robot');
      },
    ],
    [
      3,
      function work() {
        const officer = {
          ...caller(browsers),
          headers: { Authorization: `Bearer ${staffToken}` },
        };
        plan(officer, group(), link(pick(datasets)), 'staff');
      },
    ],
    [
      3,
      function workSignedIn() {
        const start = group();
        const session = staffSessions[Math.floor(start / 3600)] ?? '';
        const officer = { ...caller(browsers), headers: { Cookie: `__Host-khue=${session}` } };
        plan(officer, start, link(pick(datasets)), 'staff');
        plan(officer, start + 62, file(pick(datasets)), 'staff');
      },
    ],
  ];
  const robotsInDisguise: readonly (() => void)[] = [
    function fetchFast() {
      const robot = caller(browsers);
      const start = group();
      for (let count = 0; count < 61; count += 1) {
        plan(
          robot,
          start + (count % 2) * 12,
          link(datasets[count % datasets.length] ?? ''),
          'rate',
        );
      }
      // Slow later on, it is a robot still.
      plan(robot, start + groupSeconds, link(pick(datasets)), 'rate');
    },
    function walkThrough() {
      const robot = caller(programs);
      for (const [at, dataset] of datasets.slice(0, 101).entries()) {
        plan(robot, at * groupSeconds, link(dataset), 'walk');
        plan(robot, at * groupSeconds + 62, file(dataset), 'walk');
      }
    },
    function readWithoutStyles() {
      const robot = caller(browsers);
      for (let at = 0; at < 12; at += 1) {
        plan(robot, (at + 7) * groupSeconds, page(pick(datasets)), 'no-assets');
      }
    },
  ];

  const total = doings.reduce((sum, [share]) => sum + share, 0);
  for (let round = 0; round < 4; round += 1) for (const do_ of robotsInDisguise) do_();
  while (requests.length < about) {
    let left = random() * total;
    const doing = doings.find(([share]) => {
      left -= share;
      return left < 0;
    });
    doing?.[1]();
  }
  requests.sort((a, b) => a.second - b.second);
  return { requests, truth: { counts, removed, visitors, secrets } };
}

/** Numbers from 0 to 1 that look random and are always the same: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
