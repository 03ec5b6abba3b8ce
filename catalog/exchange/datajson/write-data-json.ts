import type { AgencyRecord } from '../../model/agency.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { toDataJson } from './to-data-json.ts';

const schema = 'https://project-open-data.cio.gov/v1.1/schema';

export interface DataJsonSource {
  readonly baseURL: string;
  readonly agencies: ReadonlyMap<string, AgencyRecord>;
  readonly batches: AsyncIterable<
    readonly { readonly record: DatasetRecord; readonly changedAt: string }[]
  >;
}

/**
 * Writes a catalogue as one DCAT-US 1.1 document, piece by piece.
 *
 * @see https://resources.data.gov/resources/dcat-us/
 */
export async function* writeDataJson(source: DataJsonSource): AsyncGenerator<string> {
  const head = {
    '@context': `${schema}/catalog.jsonld`,
    '@id': `${source.baseURL}/data.json`,
    '@type': 'dcat:Catalog',
    conformsTo: schema,
    describedBy: `${schema}/catalog.json`,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"dataset":[`;
  let separator = '\n';
  for await (const batch of source.batches) {
    let text = '';
    for (const { record, changedAt } of batch) {
      text += separator + JSON.stringify(toDataJson(record, changedAt, source));
      separator = ',\n';
    }
    yield text;
  }
  yield '\n]}\n';
}
