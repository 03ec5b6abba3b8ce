import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { agencies, generateRecord } from './generate-records.ts';
import { type BenchSetting, type Figure, inChild } from './measure.ts';

/** Imports another catalogue's N-Triples into an empty one: read whole, validated, stored, indexed and published. */
export async function benchDcat({ datasets, folder }: BenchSetting): Promise<readonly Figure[]> {
  const file = join(folder, 'catalogue.nt');
  await pipeline(Readable.from(nTriples(datasets)), createWriteStream(file));
  const parsed = (await inChild('dcat-child', ['parse', file])) as { seconds: number };
  const dataDir = join(folder, 'dcat');
  const { seconds, published, peak } = (await inChild('dcat-child', ['import', file, dataDir])) as {
    seconds: number;
    published: number;
    peak: number;
  };
  if (published !== datasets) throw new Error(`${published} of ${datasets} were published`);
  await rm(file);
  await rm(dataDir, { recursive: true });
  return [
    {
      name: 'import DCAT N-Triples',
      value: datasets / seconds,
      unit: 'datasets/s',
      reference: { name: 'N3.js, parsing alone', value: datasets / parsed.seconds },
      target: { atLeast: 800 },
    },
    { name: 'import DCAT, peak memory', value: peak, unit: 'MB', target: { atMost: 500 } },
  ];
}

function* nTriples(datasets: number): Generator<string> {
  const source = createDescriber('https://nguon.example');
  for (const agency of agencies) yield source.write(source.agencyNode(agency), agency.id, 'nt');
  for (let n = 0; n < datasets; n += 1) {
    const record = generateRecord(n);
    yield source.write(source.datasetNode(record), record.id, 'nt');
  }
}
