import type { Describer } from '../dcat/record-forms.ts';
import { xmlAttribute } from '../kernel/xml.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import type { Queryable } from '../storage/database.ts';
import { catalogNode, catalogSeed } from './catalog-record.ts';
import { agencyNodes } from './feed.ts';
import { publishedRepository } from './published-repository.ts';

const batch = 50;

/**
 * Writes the whole catalogue, piece by piece, in constant memory.
 *
 * @param db one consistent moment: a snapshot
 */
export async function* exportCatalog(
  syntax: Syntax,
  describer: Describer,
  db: Queryable,
): AsyncGenerator<string> {
  const repository = publishedRepository(db);
  const { changedAt } = await repository.extent();
  const agencies = await agencyNodes(
    [...(await repository.publishers()), catalogSeed.catalog.publisher],
    describer,
    db,
  );
  const separator = syntax === 'jsonld' ? ',\n' : '';
  const nodes = [catalogNode(describer, changedAt), ...agencies];
  const written = nodes.map((node, index) => describer.write(node, `frame-${index}`, syntax));
  yield describer.head(syntax) + written.join(separator);

  let position = 0;
  for (;;) {
    const fragments = await repository.fragmentsAfter(syntax, position, batch);
    const last = fragments.at(-1);
    if (!last) break;
    let text = '';
    for (const { datasetId, iri, body } of fragments) {
      const dataset = iri ?? describer.iri.dataset(datasetId);
      text += separator + belongs(syntax, dataset, describer) + separator + body;
    }
    yield text;
    position = last.position;
  }
  yield describer.foot(syntax);
}

/** The statement that a dataset is in the catalogue: one triple, written where the dataset is. */
function belongs(syntax: Syntax, dataset: string, { iri }: Describer): string {
  const catalog = iri.catalog();
  switch (syntax) {
    case 'jsonld':
      return JSON.stringify({ id: catalog, dataset });
    case 'ttl':
      return `<${catalog}> dcat:dataset <${dataset}> .\n`;
    case 'nt':
      return `<${catalog}> <http://www.w3.org/ns/dcat#dataset> <${dataset}> .\n`;
    case 'rdf':
      return `  <rdf:Description rdf:about="${catalog}"><dcat:dataset rdf:resource="${xmlAttribute(dataset)}"/></rdf:Description>\n`;
  }
}
