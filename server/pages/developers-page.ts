import { apiChanges } from './api-changes.ts';
import type { ExampleIds } from './live-examples.ts';
import type { PageContext } from './page-context.ts';

export interface DevelopersPage {
  readonly sections: readonly {
    readonly id: string;
    readonly heading: string;
    readonly text: string;
    readonly code: string;
    readonly links: readonly { readonly label: string; readonly href: string }[];
  }[];
  /** How often one may ask, each thing that is limited. */
  readonly limits: readonly { readonly what: string; readonly most: string }[];
  readonly changes: readonly { readonly date: string; readonly words: string }[];
}

/** What a limit is called in the words of a page, and how much it allows. */
export interface LimitFacts {
  readonly most: number;
  readonly windowSeconds: number;
}

/** What a program can fetch, each with a line that can be pasted into a shell. */
export function developersPage(
  { dataset: exampleId, publisher, file }: ExampleIds,
  validation: LimitFacts,
  context: PageContext,
): DevelopersPage {
  const { t, baseURL, url } = context;
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
  const agency = publisher === undefined ? '' : `?agency=${publisher}`;
  return {
    limits: limitsOf(validation, context),
    changes: apiChanges.map((change) => ({
      date: context.date(change.on),
      words: change[context.lang],
    })),
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
          `'${baseURL}/catalog.ttl?page=1&page_size=100'`,
          `'${baseURL}/catalog.ttl?modified_since=2026-11-01'`,
          `'${baseURL}/catalog.ttl?theme=TRAN&format=CSV'`,
        ],
        [],
      ),
      section(
        'all',
        [`--compressed -O ${baseURL}/catalog/all.nt`],
        [
          '/catalog/all.nt',
          '/catalog/all.ttl',
          '/catalog/all.jsonld',
          '/catalog/all.rdf',
          '/data.json',
          '/sitemap.xml',
        ],
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
        [
          `/roadmap.ics${agency}`,
          `/roadmap.atom${agency}`,
          '/roadmap.json',
          '/roadmap.csv',
          '/roadmap.xlsx',
        ],
      ),
      section(
        'download',
        [`-LOC - ${baseURL}${file ?? '/download/FILE/NAME'}`],
        file ? [file] : [],
      ),
      section(
        'harvest',
        [`'${baseURL}/oai?verb=ListRecords&metadataPrefix=oai_dc'`, `${baseURL}/feed`],
        ['/oai?verb=Identify', '/feed', '/feed.atom', '/opensearch.xml'],
      ),
      section('context', [`${baseURL}/context.jsonld`], ['/context.jsonld']),
      section(
        'conditional',
        [`-I ${baseURL}/catalog.ttl`, `-H 'If-None-Match: "…"' ${baseURL}/catalog.ttl`],
        [],
      ),
    ],
  };
}

function limitsOf(validation: LimitFacts, { t, plural }: PageContext): DevelopersPage['limits'] {
  return [
    { what: t('developers.limits.read'), most: t('developers.limits.none') },
    {
      what: 'POST /api/v1/validate',
      most: plural('developers.limits.per', validation.most, {
        seconds: validation.windowSeconds,
      }),
    },
    { what: t('developers.limits.write'), most: t('developers.limits.writeMost') },
  ];
}
