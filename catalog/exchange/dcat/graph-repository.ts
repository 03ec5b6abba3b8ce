import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Graph, graphOf, type Properties } from '../../rdf/graph.ts';
import { type IdTriple, objectOf } from '../../rdf/id-triple.ts';
import { type ObjectTerm, rdfType } from '../../rdf/terms.ts';

/** A graph that may lie on disk. */
export interface StoredGraph extends Graph {
  /** Takes what lies on disk away. */
  close(): void;
}

/** So many triples are held in memory, which takes some 60 MB. */
const mostInMemory = 100_000;
/** Triples that are written down together. */
const block = 20_000;
/** Subjects that many datasets lead to are read once: agencies, concepts. */
const mostRemembered = 2_000;

/**
 * Gathers triples of any number into a graph: a small one in memory, a large one in a temporary SQLite file, so that
 * the memory it takes does not grow with it.
 */
export async function storeGraph(
  batches: AsyncIterable<readonly IdTriple[]>,
  inMemory = mostInMemory,
): Promise<StoredGraph> {
  const first: (readonly IdTriple[])[] = [];
  let count = 0;
  const iterator = batches[Symbol.asyncIterator]();
  for (let next = await iterator.next(); ; next = await iterator.next()) {
    if (next.done) return { ...graphOf(first), close: () => undefined };
    first.push(next.value);
    count += next.value.length;
    if (count > inMemory) return writeGraph(first, { [Symbol.asyncIterator]: () => iterator });
  }
}

/** Ids of objects by predicate. */
type Block = Map<string, string[]>;

async function writeGraph(
  first: (readonly IdTriple[])[],
  others: AsyncIterable<readonly IdTriple[]>,
): Promise<StoredGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'khue-graph-'));
  const db = openFile(join(folder, 'graph.db'));
  const close = () => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const writer = blockWriter(db);
    for (const batch of first.splice(0)) writer.add(batch);
    for await (const batch of others) writer.add(batch);
    writer.finish();
  } catch (error) {
    close();
    throw error;
  }
  return { ...readerOf(db), close };
}

function openFile(file: string): Database.Database {
  const db = new Database(file);
  // A file that nobody else opens and nobody needs after a crash.
  db.pragma('journal_mode = off');
  db.pragma('synchronous = off');
  db.pragma('locking_mode = exclusive');
  db.pragma('cache_size = -32768');
  db.exec(`
    create table block (subject text not null, properties text not null);
    create table typed (type text not null, subject text not null);
    create table reference (blank_node text not null);
  `);
  return db;
}

function blockWriter(db: Database.Database) {
  const insertBlock = db.prepare('insert into block (subject, properties) values (?, ?)');
  const insertTyped = db.prepare('insert into typed (type, subject) values (?, ?)');
  const insertReference = db.prepare('insert into reference (blank_node) values (?)');
  let open = new Map<string, Block>();
  let count = 0;

  const flush = db.transaction(() => {
    for (const [subject, properties] of open) {
      insertBlock.run(subject, JSON.stringify([...properties]));
      for (const type of properties.get(rdfType.value) ?? []) insertTyped.run(type, subject);
      for (const objects of properties.values()) {
        for (const object of objects) if (object.startsWith('_:')) insertReference.run(object);
      }
    }
    open = new Map();
    count = 0;
  });

  return {
    add(triples: readonly IdTriple[]): void {
      for (const [subject, predicate, object] of triples) {
        const properties = open.get(subject) ?? new Map<string, string[]>();
        open.set(subject, properties);
        const objects = properties.get(predicate);
        if (objects) objects.push(object);
        else properties.set(predicate, [object]);
      }
      count += triples.length;
      if (count >= block) flush();
    },
    finish(): void {
      flush();
      db.exec(`
        create index block_subject on block (subject);
        create index typed_type on typed (type, subject);
        create index reference_blank_node on reference (blank_node);
      `);
    },
  };
}

/** What the blocks of one subject say together; most subjects stand in one. */
function merged(blocks: readonly string[]): Iterable<readonly [string, readonly string[]]> {
  const parsed = blocks.map((body) => JSON.parse(body) as [string, string[]][]);
  const [first, ...others] = parsed;
  if (first && others.length === 0) return first;
  const all = new Map<string, string[]>();
  for (const [predicate, ids] of parsed.flat()) {
    const objects = all.get(predicate);
    if (objects) for (const id of ids) objects.push(id);
    else all.set(predicate, ids);
  }
  return all;
}

function readerOf(db: Database.Database): Graph {
  const selectBlocks = db
    .prepare<[string], string>('select properties from block where subject = ? order by rowid')
    .pluck();
  const countReferences = db
    .prepare<[string], number>('select count(*) from reference where blank_node = ?')
    .pluck();
  // The plus keeps SQLite on the order of the rows; the index serves the question whether one came before.
  const selectTyped = db.prepare<[string, number], { rowid: number; subject: string }>(`
    select rowid, subject from typed as here
    where +type = ? and rowid > ? and not exists (
      select 1 from typed as before
      where before.type = here.type and before.subject = here.subject and before.rowid < here.rowid
    )
    order by rowid limit 500`);
  const remembered = new Map<string, Properties | undefined>();

  const read = (subject: string): Properties | undefined => {
    const blocks = selectBlocks.all(subject);
    if (blocks.length === 0) return undefined;
    const properties = new Map<string, readonly ObjectTerm[]>();
    for (const [predicate, ids] of merged(blocks)) {
      properties.set(predicate, (ids.length > 1 ? [...new Set(ids)] : ids).map(objectOf));
    }
    return properties;
  };

  return {
    properties(subject) {
      if (remembered.has(subject)) return remembered.get(subject);
      const properties = read(subject);
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(subject, properties);
      return properties;
    },
    *subjectsOfType(type) {
      let after = 0;
      for (;;) {
        const page = selectTyped.all(type, after);
        for (const { subject } of page) yield subject;
        const last = page.at(-1);
        if (!last) return;
        after = last.rowid;
      }
    },
    timesReferred: (blankNode) => countReferences.get(blankNode) ?? 0,
  };
}
