import type { Resource } from '../../catalog/publication/resource-repository.ts';
import { type AgencyNames, type CardInput, type DatasetCard, datasetCard } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A series with its datasets, or a service with those it serves. */
export interface ResourcePage {
  readonly kind: Resource['kind'];
  readonly title: Shown;
  readonly description: Shown;
  readonly agency: Shown & { readonly href: string };
  readonly changed: string;
  readonly endpoints: readonly string[];
  readonly documentation: readonly string[];
  readonly cards: readonly DatasetCard[];
  readonly forms: readonly { readonly label: string; readonly href: string }[];
}

export interface ResourceInput {
  readonly resource: Resource;
  readonly datasets: readonly CardInput[];
  readonly agencies: AgencyNames;
  readonly today: string;
}

export function resourcePage(
  { resource, datasets, agencies, today }: ResourceInput,
  context: PageContext,
): ResourcePage {
  const { kind, record, changedAt } = resource;
  const name = agencies.get(record.publisher) ?? { [context.lang]: record.publisher };
  const form = (label: string, suffix: string) => ({
    label,
    href: `/${kind}/${record.id}.${suffix}`,
  });
  return {
    kind,
    title: context.show(record.title),
    description: context.show(record.description),
    agency: { ...context.show(name), href: context.url(`/agency/${record.publisher}`) },
    changed: context.t('dataset.updated', { date: context.date(changedAt) }),
    endpoints: record.endpointURL ?? [],
    documentation: [...(record.endpointDescription ?? []), ...(record.page ?? [])].filter(
      (address, at, all) => all.indexOf(address) === at,
    ),
    cards: datasets.map((card) => datasetCard(card, agencies, today, context)),
    forms: [
      form('Turtle', 'ttl'),
      form('JSON-LD', 'jsonld'),
      form('RDF/XML', 'rdf'),
      form('N-Triples', 'nt'),
    ],
  };
}
