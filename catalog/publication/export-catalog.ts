import type { Describer } from '../dcat/record-forms.ts';
import { xmlAttribute } from '../kernel/xml.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import type { Queryable } from '../storage/database.ts';
import { catalogFrame } from './catalog-frame.ts';
import { catalogSeed, entryNode } from './catalog-record.ts';
import { agencyNodes } from './feed-document.ts';
import { publishedRepository } from './published-repository.ts';
import { resourceRepository } from './resource-repository.ts';

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
  const frame = await catalogFrame(describer, changedAt, db);
  const agencies = await agencyNodes(
    [
      ...(await repository.publishers()),
      ...frame.resources.map(({ record }) => record.publisher),
      catalogSeed.catalog.publisher,
    ],
    describer,
    db,
  );
  const separator = syntax === 'jsonld' ? ',\n' : '';
  const nodes = [frame.catalog, ...frame.nodes, ...agencies];
  const written = [
    ...nodes.map((node, index) => describer.write(node, `frame-${index}`, syntax)),
    ...(await resourceRepository(db).bodies(syntax)),
  ];
  yield describer.head(syntax) + written.join(separator);
  const belongs = entryWriter(syntax, describer);

  let position = 0;
  for (;;) {
    const fragments = await repository.fragmentsAfter(syntax, position, batch);
    const last = fragments.at(-1);
    if (!last) break;
    let text = '';
    for (const { datasetId, iri, changedAt: at, body } of fragments) {
      const dataset = iri ?? describer.iri.dataset(datasetId);
      text += separator + belongs(datasetId, dataset, at) + separator + body;
    }
    yield text;
    position = last.position;
  }
  yield describer.foot(syntax);
}

/** What stands for a dataset's id, its IRI and its moment in the pattern of an entry. */
const marks = { id: 'x-id-x', dataset: 'urn:x-dataset-x', at: '2000-01-01T00:00:00Z' } as const;

/**
 * Writes that a dataset is in the catalogue, and its entry there: once as a pattern, then by putting names in their
 * places, since an export does so for every dataset.
 */
function entryWriter(syntax: Syntax, describer: Describer) {
  const { iri } = describer;
  const catalog = { id: iri.catalog(), dataset: [marks.dataset], record: [iri.record(marks.id)] };
  const entry = entryNode(
    { datasetId: marks.id, dataset: marks.dataset, changedAt: marks.at },
    describer,
  );
  const separator = syntax === 'jsonld' ? ',\n' : '';
  const pattern = [catalog, entry]
    .map((node) => describer.write(node, 'entry', syntax))
    .join(separator);
  const escaped = (text: string) => (syntax === 'rdf' ? xmlAttribute(text) : text);
  return (datasetId: string, dataset: string, changedAt: string): string =>
    pattern
      .replaceAll(marks.id, datasetId)
      .replaceAll(marks.dataset, () => escaped(dataset))
      .replaceAll(marks.at, changedAt);
}
