import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import BetterSqlite3 from 'better-sqlite3';
import { Writer } from 'n3';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { type Syntax, syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { generateRecords } from './generate-records.ts';
import { report, since } from './measure.ts';

/*
 * What the product is measured against, each in a process of its own:
 *   inserts FILE FOLDER   the same JSON into one table, a row a line, 500 rows a transaction
 *   copy SYNTAX DATABASE  the stored fragments out of the database, and nothing else
 *   n3 COUNT              N3.js's Writer, the same records' triples to Turtle
 */

const [what, ...args] = process.argv.slice(2);
if (what === 'inserts') await insertLines(args[0] ?? '', args[1] ?? '');
if (what === 'copy') copyFragments(args[0] ?? '', args[1] ?? '');
if (what === 'n3') await writeWithN3(Number(args[0]));

async function insertLines(file: string, folder: string): Promise<void> {
  const database = new BetterSqlite3(join(folder, 'inserts.db'));
  database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table package (id integer primary key, body text not null)');
  const insert = database.prepare('insert into package (body) values (?)');
  const write = database.transaction((lines: readonly string[]) => {
    for (const line of lines) insert.run(line);
  });
  const start = performance.now();
  let read = 0;
  let lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    read += 1;
    lines.push(line);
    if (lines.length < 500) continue;
    write(lines);
    lines = [];
  }
  write(lines);
  report({ seconds: since(start), read });
  database.close();
}

function copyFragments(syntax: string, file: string): void {
  const known = syntaxes.find((form) => form.syntax === syntax)?.syntax as Syntax;
  const database = new BetterSqlite3(file, { readonly: true });
  const start = performance.now();
  let bytes = 0;
  const rows = database.prepare<[], { body: string }>(`select body from published_${known}`);
  for (const { body } of rows.iterate()) bytes += Buffer.from(body).length;
  report({ seconds: since(start), bytes });
  database.close();
}

async function writeWithN3(count: number): Promise<void> {
  const describer = createDescriber('http://127.0.0.1:3000');
  const graphs = [...generateRecords(count)].map((record) =>
    describer.quads(describer.datasetNode(record), record.id),
  );
  const start = performance.now();
  const writer = new Writer({ prefixes: { ...describer.context.prefixes } });
  for (const graph of graphs) writer.addQuads([...graph]);
  const text = await new Promise<string>((resolve, reject) => {
    writer.end((error: Error | null, result: string) => (error ? reject(error) : resolve(result)));
  });
  report({ seconds: since(start), bytes: Buffer.byteLength(text) });
}
