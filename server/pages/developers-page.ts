import type { PageContext } from './page-context.ts';

export interface DevelopersPage {
  readonly sections: readonly {
    readonly heading: string;
    readonly text?: string;
    readonly code: string;
    readonly links: readonly { readonly label: string; readonly href: string }[];
  }[];
}

/** What a program can fetch, each with a line that can be pasted into a shell. */
export function developersPage(
  exampleId: string | undefined,
  { t, baseURL, url }: PageContext,
): DevelopersPage {
  const example = exampleId ?? 'ID';
  const section = (name: string, code: string, links: readonly [string, string][]) => ({
    heading: t(`developers.${name}`),
    text: t(`developers.${name}Text`),
    code,
    links: links.map(([label, href]) => ({ label, href })),
  });
  return {
    sections: [
      section(
        'feeds',
        `curl -H 'Accept: text/turtle' ${baseURL}/catalog\ncurl ${baseURL}/dataset/${example}.jsonld`,
        [
          ['/catalog.ttl', '/catalog.ttl'],
          ['/catalog.jsonld', '/catalog.jsonld'],
          ['/catalog.rdf', '/catalog.rdf'],
          ['/catalog.nt', '/catalog.nt'],
        ],
      ),
      section(
        'paging',
        `curl '${baseURL}/catalog.ttl?page=2&page_size=100'\ncurl '${baseURL}/catalog.ttl?modified_since=2026-11-01'`,
        [],
      ),
      {
        heading: t('developers.all'),
        code: `curl --compressed -O ${baseURL}/catalog/all.nt`,
        links: [
          ['/catalog/all.nt', '/catalog/all.nt'],
          ['/catalog/all.jsonld', '/catalog/all.jsonld'],
        ].map(([label = '', href = '']) => ({ label, href })),
      },
      section(
        'api',
        `curl ${baseURL}/api/v1/datasets\ncurl ${baseURL}/api/v1/roadmap\ncurl '${baseURL}/api/v1/metrics?dataset=${example}&by=month'`,
        [
          [t('developers.apiRead'), url('/developers/api')],
          ['OpenAPI 3.1', '/api/v1/openapi.json'],
        ],
      ),
      section('context', `curl ${baseURL}/context.jsonld`, [
        ['/context.jsonld', '/context.jsonld'],
      ]),
      section(
        'conditional',
        `curl -I ${baseURL}/catalog.ttl\ncurl -H 'If-None-Match: "…"' ${baseURL}/catalog.ttl`,
        [],
      ),
    ],
  };
}
