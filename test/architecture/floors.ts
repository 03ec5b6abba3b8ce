import type { ImportingFile } from './imports.ts';

/**
 * The rooms of the house from the ground up; those in one line share a floor. A file imports from its own room and
 * from lower floors. `server` stands for the files that lie directly in that folder, where everything is put together;
 * one of them that is used lower down is a room of its own.
 */
export const floors: readonly (readonly string[])[] = [
  ['schemas'],
  ['catalog/kernel'],
  ['catalog/model'],
  ['catalog/rdf', 'catalog/storage', 'catalog/documents', 'catalog/picture'],
  ['catalog/dcat'],
  ['catalog/audit', 'catalog/mail'],
  ['catalog/validation'],
  ['catalog/access', 'catalog/form'],
  ['catalog/quality'],
  ['catalog/inventory'],
  [
    'catalog/plan',
    'catalog/publication',
    'catalog/search',
    'catalog/exchange',
    'catalog/usage',
    'catalog/preview',
    'catalog/reuse',
    'catalog/duty',
  ],
  ['catalog/criteria', 'catalog/desk'],
  ['catalog/reports'],
  ['server/config'],
  ['server/log.ts'],
  ['server/http'],
  ['server/pages', 'server/jobs'],
  ['server/routes'],
  ['server', 'server/commands', 'server/demo'],
];

/** The floors whose rooms may look into each other: the top one, where everything is put together. */
const openFloor = floors.length - 1;

/** Rooms on lower floors that are none of a room's business all the same. */
const strangers: Readonly<Record<string, readonly string[]>> = {
  'catalog/dcat': ['catalog/storage'],
};

const triples = ['catalog/rdf/', 'catalog/dcat/', 'catalog/validation/'];

/** npm packages that belong to some files only, by the beginning or the end of the path. */
export const packageFloors: Readonly<Record<string, readonly string[]>> = {
  express: ['server/'],
  ejs: ['server/'],
  commander: ['server/'],
  multer: ['server/http/'],
  docx: ['catalog/documents/'],
  'opentype.js': ['catalog/picture/'],
  '@resvg/resvg-js': ['catalog/picture/'],
  'openid-client': ['server/http/'],
  nodemailer: ['server/jobs/send-by-smtp.ts'],
  '@node-rs/argon2': ['catalog/access/'],
  '@duckdb/node-api': ['catalog/preview/'],
  'iconv-lite': ['catalog/preview/'],
  kysely: ['catalog/storage/', '-repository.ts'],
  'better-sqlite3': ['catalog/storage/', '-repository.ts'],
  pg: ['catalog/storage/', '-repository.ts'],
  n3: triples,
  jsonld: triples,
  'rdfxml-streaming-parser': triples,
  'rdf-validate-shacl': triples,
};

/** Packages that one file alone may name. */
export const namedOnce: readonly string[] = ['ejs'];

/** The room of a file: itself where it has a floor, else its first two folders in catalog/ and server/, else one. */
export function roomOf(path: string): string {
  if (floorOf(path) !== undefined) return path;
  const [top = '', ...rest] = path.split('/');
  return (top === 'catalog' || top === 'server') && rest.length > 1 ? `${top}/${rest[0]}` : top;
}

/** What a file imports although it must not, a sentence each. */
export function trespasses({ file, files, packages }: ImportingFile): readonly string[] {
  const room = roomOf(file);
  const floor = floorOf(room);
  if (floor === undefined) return [`${file} is in a room without a floor: ${room}`];
  return [
    ...files
      .filter((other) => !mayEnter(room, floor, roomOf(other)))
      .map((other) => `${file} imports ${other}`),
    ...packages
      .filter((name) => !mayUse(file, name))
      .map((name) => `${file} imports package ${name}`),
  ];
}

/** The shortest ways round in a circle, one for each file where one begins. */
export function circles(all: readonly ImportingFile[]): readonly string[] {
  const imports = new Map(all.map(({ file, files }) => [file, files]));
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.push([...way.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
    done.add(file);
  };
  for (const { file } of all) follow(file, []);
  return found;
}

function floorOf(room: string): number | undefined {
  const floor = floors.findIndex((rooms) => rooms.includes(room));
  return floor < 0 ? undefined : floor;
}

function mayEnter(room: string, floor: number, other: string): boolean {
  if (room === other) return true;
  const below = floorOf(other);
  if (below === undefined || strangers[room]?.includes(other)) return false;
  return below < floor || (below === floor && floor === openFloor);
}

function mayUse(file: string, name: string): boolean {
  const places = packageFloors[name];
  return !places || places.some((place) => file.startsWith(place) || file.endsWith(place));
}
