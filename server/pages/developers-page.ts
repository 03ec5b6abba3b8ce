import type { PageContext } from './page-context.ts';

export interface DevelopersPage {
  readonly sections: readonly {
    readonly id: string;
    readonly heading: string;
    readonly text: string;
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
  const section = (
    id: string,
    commands: readonly string[],
    links: readonly (string | readonly [string, string])[],
  ) => ({
    id,
    heading: t(`developers.${id}`),
    text: t(`developers.${id}Text`),
    code: commands.map((command) => `curl ${command}`).join('\n'),
    links: links.map((link) => {
      const [label, href] = typeof link === 'string' ? [link, link] : link;
      return { label, href };
    }),
  });
  const dataset = exampleId === undefined ? [] : [`/dataset/${exampleId}.ttl`];
  return {
    sections: [
      section(
        'feeds',
        [
          `-H 'Accept: text/turtle' ${baseURL}/catalog`,
          `${baseURL}/catalog.jsonld`,
          `${baseURL}/dataset/${example}.ttl`,
        ],
        ['/catalog.ttl', '/catalog.jsonld', '/catalog.rdf', '/catalog.nt', ...dataset],
      ),
      section(
        'paging',
        [
          `'${baseURL}/catalog.ttl?page=2&page_size=100'`,
          `'${baseURL}/catalog.ttl?modified_since=2026-11-01'`,
          `'${baseURL}/catalog.ttl?theme=TRAN&format=CSV'`,
        ],
        [],
      ),
      section(
        'all',
        [`--compressed -O ${baseURL}/catalog/all.nt`],
        ['/catalog/all.nt', '/catalog/all.ttl', '/catalog/all.jsonld', '/catalog/all.rdf'],
      ),
      section(
        'api',
        [
          `'${baseURL}/api/v1/datasets?q=xe+buyt'`,
          `'${baseURL}/api/v1/metrics?dataset=${example}&by=month'`,
          `-H 'Content-Type: application/json' --data @record.json ${baseURL}/api/v1/validate`,
        ],
        [
          [t('developers.apiRead'), url('/developers/api')],
          ['OpenAPI 3.1', '/api/v1/openapi.json'],
          '/api/v1/datasets',
          '/api/v1/indicators',
        ],
      ),
      section(
        'ckan',
        [
          `'${baseURL}/api/3/action/package_search?q=xe+buyt&rows=10'`,
          `'${baseURL}/api/3/action/package_show?id=${example}'`,
        ],
        ['/api/3/action/package_list', '/api/3/action/status_show'],
      ),
      section(
        'roadmap',
        [`${baseURL}/api/v1/roadmap`, `-O ${baseURL}/roadmap.csv`],
        ['/roadmap.ics', '/roadmap.json', '/roadmap.csv', '/roadmap.xlsx'],
      ),
      section('download', [`-LOC - ${baseURL}/download/{distribution-id}/{filename}`], []),
      section('context', [`${baseURL}/context.jsonld`], ['/context.jsonld']),
      section(
        'conditional',
        [`-I ${baseURL}/catalog.ttl`, `-H 'If-None-Match: "…"' ${baseURL}/catalog.ttl`],
        [],
      ),
    ],
  };
}
